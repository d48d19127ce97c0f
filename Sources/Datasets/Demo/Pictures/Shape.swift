import Foundation

/// A point of a drawing: the origin is the middle of the drawn thing, x runs right, y down, and the
/// thing fills about -1...1.
struct Point: Sendable {
  let x: Double
  let y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A filled shape, known by its signed distance: negative inside, positive outside. The formulas
/// are Inigo Quilez', "2D distance functions".
enum Shape: Sendable {
  case circle(Point, radius: Double)
  case ellipse(Point, radiusX: Double, radiusY: Double)
  case box(Point, halfWidth: Double, halfHeight: Double, rounding: Double)
  /// A thick line with round ends.
  case stroke(Point, Point, radius: Double)
  case ring(Point, radius: Double, thickness: Double)
  case polygon([Point])

  /// Exact outside an ellipse's neighbourhood; for an ellipse a first-order estimate, good enough
  /// for the one pixel over which an edge is smoothed.
  func distance(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .circle(let centre, let radius):
      return length(x - centre.x, y - centre.y) - radius
    case .ellipse(let centre, let radiusX, let radiusY):
      let scaled = length((x - centre.x) / radiusX, (y - centre.y) / radiusY)
      return (scaled - 1) * min(radiusX, radiusY)
    case .box(let centre, let halfWidth, let halfHeight, let rounding):
      let overX = abs(x - centre.x) - halfWidth + rounding
      let overY = abs(y - centre.y) - halfHeight + rounding
      return length(max(overX, 0), max(overY, 0)) + min(max(overX, overY), 0) - rounding
    case .stroke(let start, let end, let radius):
      return segmentDistance(x, y, start, end) - radius
    case .ring(let centre, let radius, let thickness):
      return abs(length(x - centre.x, y - centre.y) - radius) - thickness / 2
    case .polygon(let corners):
      return polygonDistance(x, y, corners)
    }
  }

  /// A circle that holds the shape: nothing outside it needs to be looked at.
  var bound: (centre: Point, radius: Double) {
    switch self {
    case .circle(let centre, let radius): return (centre, radius)
    case .ellipse(let centre, let radiusX, let radiusY): return (centre, max(radiusX, radiusY))
    case .box(let centre, let halfWidth, let halfHeight, _):
      return (centre, length(halfWidth, halfHeight))
    case .stroke(let start, let end, let radius):
      let centre = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
      return (centre, length(end.x - start.x, end.y - start.y) / 2 + radius)
    case .ring(let centre, let radius, let thickness): return (centre, radius + thickness)
    case .polygon(let corners):
      let count = Double(max(corners.count, 1))
      let centre = Point(
        corners.reduce(0) { $0 + $1.x } / count, corners.reduce(0) { $0 + $1.y } / count)
      let radius = corners.reduce(0) { max($0, length($1.x - centre.x, $1.y - centre.y)) }
      return (centre, radius)
    }
  }

  /// A closed outline given from its left side only, as offsets from the vertical axis.
  static func symmetric(_ right: [Point]) -> Shape {
    .polygon(right + right.reversed().map { Point(-$0.x, $0.y) })
  }
}

private func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

private func segmentDistance(_ x: Double, _ y: Double, _ start: Point, _ end: Point) -> Double {
  let (alongX, alongY) = (end.x - start.x, end.y - start.y)
  let (fromX, fromY) = (x - start.x, y - start.y)
  let squared = alongX * alongX + alongY * alongY
  let share = squared > 0 ? min(max((fromX * alongX + fromY * alongY) / squared, 0), 1) : 0
  return length(fromX - alongX * share, fromY - alongY * share)
}

/// The distance to the nearest edge, negative where an even–odd ray count says inside.
private func polygonDistance(_ x: Double, _ y: Double, _ corners: [Point]) -> Double {
  guard var previous = corners.last else { return .infinity }
  var nearest = Double.infinity
  var isInside = false
  for corner in corners {
    nearest = min(nearest, segmentDistance(x, y, previous, corner))
    if (corner.y > y) != (previous.y > y) {
      let crossing =
        (previous.x - corner.x) * (y - corner.y) / (previous.y - corner.y) + corner.x
      if x < crossing { isInside.toggle() }
    }
    previous = corner
  }
  return isInside ? -nearest : nearest
}
