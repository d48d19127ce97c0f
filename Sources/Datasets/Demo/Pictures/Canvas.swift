import Foundation

/// Red, green and blue in 0...1.
struct Colour: Sendable {
  var red: Double
  var green: Double
  var blue: Double

  init(_ red: Double, _ green: Double, _ blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Towards black for a negative share, towards white for a positive one.
  func lighter(_ share: Double) -> Colour {
    let target = share < 0 ? 0.0 : 1.0
    let weight = abs(share)
    return Colour(
      red + (target - red) * weight, green + (target - green) * weight,
      blue + (target - blue) * weight)
  }

  static func mix(_ first: Colour, _ second: Colour, _ share: Double) -> Colour {
    Colour(
      first.red + (second.red - first.red) * share,
      first.green + (second.green - first.green) * share,
      first.blue + (second.blue - first.blue) * share)
  }
}

/// One coloured shape of a drawing; later layers cover earlier ones.
struct Layer: Sendable {
  let shape: Shape
  let colour: Colour

  init(_ shape: Shape, _ colour: Colour) {
    self.shape = shape
    self.colour = colour
  }
}

/// Where a drawing stands on the canvas: its middle, its half size and its turn.
struct Placement: Sendable {
  /// In pixels.
  let centre: Point
  /// Pixels a unit of the drawing.
  let scale: Double
  /// Radians, clockwise as y runs down.
  let angle: Double
  /// Left and right swapped.
  let isMirrored: Bool
}

/// A square picture of `side` × `side` RGB pixels, row-major and interleaved, values in 0...1.
struct Canvas: Sendable {
  let side: Int
  var values: [Float]

  init(side: Int) {
    self.side = side
    values = [Float](repeating: 0, count: 3 * side * side)
  }

  /// A vertical gradient.
  mutating func fill(from top: Colour, to bottom: Colour) {
    for row in 0..<side {
      let colour = Colour.mix(top, bottom, Double(row) / Double(max(side - 1, 1)))
      for column in 0..<side { set(row, column, colour) }
    }
  }

  /// Draws the layers in turn, edges smoothed over one pixel.
  mutating func draw(_ layers: [Layer], at placement: Placement) {
    let (sine, cosine) = (sin(placement.angle), cos(placement.angle))
    let flip = placement.isMirrored ? -1.0 : 1.0
    for layer in layers {
      let bound = layer.shape.bound
      let (boundX, boundY) = (bound.centre.x * flip, bound.centre.y)
      let middleX = placement.centre.x + placement.scale * (cosine * boundX - sine * boundY)
      let middleY = placement.centre.y + placement.scale * (sine * boundX + cosine * boundY)
      let reach = placement.scale * bound.radius + 1
      for row in pixels(middleY - reach, middleY + reach) {
        for column in pixels(middleX - reach, middleX + reach) {
          let acrossX = (Double(column) + 0.5 - placement.centre.x) / placement.scale
          let acrossY = (Double(row) + 0.5 - placement.centre.y) / placement.scale
          let x = (cosine * acrossX + sine * acrossY) * flip
          let y = cosine * acrossY - sine * acrossX
          let coverage = 0.5 - layer.shape.distance(x, y) * placement.scale
          if coverage > 0 { blend(row, column, layer.colour, Float(min(coverage, 1))) }
        }
      }
    }
  }

  /// Rounded to 0...255.
  func bytes() -> [UInt8] {
    values.map { UInt8(min(max($0, 0), 1) * 255 + 0.5) }
  }

  private func pixels(_ low: Double, _ high: Double) -> Range<Int> {
    let first = min(max(Int(low.rounded(.down)), 0), side)
    return first..<max(first, min(Int(high.rounded(.up)), side))
  }

  private mutating func set(_ row: Int, _ column: Int, _ colour: Colour) {
    blend(row, column, colour, 1)
  }

  private mutating func blend(_ row: Int, _ column: Int, _ colour: Colour, _ share: Float) {
    let start = 3 * (row * side + column)
    values[start] += (Float(colour.red) - values[start]) * share
    values[start + 1] += (Float(colour.green) - values[start + 1]) * share
    values[start + 2] += (Float(colour.blue) - values[start + 2]) * share
  }
}
