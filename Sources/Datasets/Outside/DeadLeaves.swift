import Foundation
import SeededRandom

/// A picture of discs that cover each other, radii spread by a power law of exponent −3, each with a
/// grain and a shading of its own: the dead-leaves model, whose statistics are those of photographs
/// (Lee, Mumford & Huang, "Occlusion models for natural images", 2001).
struct DeadLeaves: Sendable {
  static let side = 96
  private static let leaves = 600
  private static let radii = 1.5...40.0

  let generator: SeededGenerator

  /// Interleaved RGB, row-major, `3 * side * side` bytes.
  func pixels() -> [UInt8] {
    var generator = generator
    var canvas = Canvas(side: Self.side)
    let middle = Colour(
      generator.uniform(0.25, 0.6), generator.uniform(0.25, 0.6), generator.uniform(0.2, 0.5))
    canvas.fill(from: middle.lighter(0.2), to: middle.lighter(-0.3))
    for _ in 0..<Self.leaves { leaf(around: middle, on: &canvas, &generator) }
    // Light falls off from a corner, and every pixel has a grain.
    let slope = (generator.uniform(-0.4, 0.4), generator.uniform(-0.4, 0.4))
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let x = Double(column) / Double(Self.side) - 0.5
        let y = Double(row) / Double(Self.side) - 0.5
        let light = Float(1 + slope.0 * x + slope.1 * y)
        let grain = Float(0.02 * generator.normal())
        for channel in 0..<3 {
          let index = 3 * (row * Self.side + column) + channel
          canvas.values[index] = canvas.values[index] * light + grain
        }
      }
    }
    return canvas.bytes()
  }

  private func leaf(
    around middle: Colour, on canvas: inout Canvas, _ generator: inout SeededGenerator
  ) {
    // Density r⁻³ between the bounds, by inverting its distribution function.
    let (least, most) = (pow(Self.radii.lowerBound, -2), pow(Self.radii.upperBound, -2))
    let radius = pow(least - generator.uniform() * (least - most), -0.5)
    let side = Double(Self.side)
    let centre = Point(generator.uniform(0, side), generator.uniform(0, side))
    // Brightness varies most, colour little: channels of photographs go together.
    let brightness = 0.22 * generator.normal()
    let colour = Colour(
      middle.red + brightness + 0.06 * generator.normal(),
      middle.green + brightness + 0.06 * generator.normal(),
      middle.blue + brightness + 0.06 * generator.normal())
    canvas.draw(
      [Layer(.circle(Point(0, 0), radius: 1), colour)],
      at: Placement(centre: centre, scale: radius, angle: 0, isMirrored: false))
  }
}
