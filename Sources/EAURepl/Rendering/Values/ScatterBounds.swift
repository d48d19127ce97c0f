import Foundation

/// The part of the plane a scatter chart shows: all points, and of ellipses what is not far off.
struct ScatterBounds: Equatable, Sendable {
  private(set) var x: ClosedRange<Double>
  private(set) var y: ClosedRange<Double>

  /// nil when there is nothing to show.
  init?(_ chart: ScatterChart) {
    let points =
      chart.groups.flatMap(\.points) + chart.spots.map(\.ellipse.centre)
      + chart.ellipses.map(\.ellipse.centre)
    let sound = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard var left = sound.map(\.x).min(), var right = sound.map(\.x).max(),
      var bottom = sound.map(\.y).min(), var top = sound.map(\.y).max()
    else { return nil }
    // One huge ellipse must not squeeze all points into a dot: it may be cut.
    let reach = 0.75 * max(right - left, top - bottom, 1e-9)
    let limits = (left - reach, right + reach, bottom - reach, top + reach)
    for ellipse in chart.ellipses.map(\.ellipse) + chart.spots.map(\.ellipse) {
      let (wide, high) = ellipse.halfSize
      guard wide.isFinite, high.isFinite else { continue }
      left = min(left, max(ellipse.centre.x - wide, limits.0))
      right = max(right, min(ellipse.centre.x + wide, limits.1))
      bottom = min(bottom, max(ellipse.centre.y - high, limits.2))
      top = max(top, min(ellipse.centre.y + high, limits.3))
    }
    let pad = 0.04 * max(right - left, top - bottom, 1e-9)
    x = left - pad...right + pad
    y = bottom - pad...top + pad
  }

  private var size: (width: Double, height: Double) {
    (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
  }

  /// The height that gives both axes one unit at a width, within limits; where the limits bind, more
  /// of the plane is shown.
  mutating func fit(width: Double, heights: ClosedRange<Double>) -> Double {
    let wanted = width * size.height / size.width
    let height = min(max(wanted, heights.lowerBound), heights.upperBound)
    if height < wanted {
      x = Self.widened(x, to: size.height * width / height)
    } else {
      y = Self.widened(y, to: size.width * height / width)
    }
    return height
  }

  private static func widened(
    _ range: ClosedRange<Double>, to length: Double
  ) -> ClosedRange<Double> {
    let more = max(length - (range.upperBound - range.lowerBound), 0) / 2
    return range.lowerBound - more...range.upperBound + more
  }
}

extension ScatterChart.Ellipse {
  /// Half the width and height of the upright box around it.
  var halfSize: (wide: Double, high: Double) {
    let (c, s) = (cos(angle), sin(angle))
    return (
      (major * major * c * c + minor * minor * s * s).squareRoot(),
      (major * major * s * s + minor * minor * c * c).squareRoot()
    )
  }

  /// `count` points of the outline, the last one the first again.
  func outline(_ count: Int) -> [ScatterChart.Point] {
    (0...count).map { step in
      let turn = 2 * Double.pi * Double(step) / Double(count)
      let (along, across) = (major * cos(turn), minor * sin(turn))
      return ScatterChart.Point(
        x: centre.x + along * cos(angle) - across * sin(angle),
        y: centre.y + along * sin(angle) + across * cos(angle))
    }
  }
}
