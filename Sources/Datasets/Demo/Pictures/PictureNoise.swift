import SeededRandom

/// What a noise level does to a picture: it fades towards its mean, patches hide parts of it, and
/// every value gets Gaussian noise.
enum PictureNoise {
  /// Standard deviation at level 1, of 0...1 values.
  static let deviation = 0.26
  /// The share of the side a patch may have at level 1.
  static let patchSide = 0.55
  static let patches = 3
  static let fading = 0.5

  static func spoil(_ canvas: inout Canvas, level: Double, _ generator: inout SeededGenerator) {
    fade(&canvas, share: Float(fading * level))
    for _ in 0..<patches { hide(&canvas, side: patchSide * level, &generator) }
    let deviation = deviation * level
    for index in canvas.values.indices {
      canvas.values[index] += Float(deviation * generator.normal())
    }
  }

  private static func fade(_ canvas: inout Canvas, share: Float) {
    let mean = canvas.values.reduce(0, +) / Float(max(canvas.values.count, 1))
    for index in canvas.values.indices {
      canvas.values[index] += (mean - canvas.values[index]) * share
    }
  }

  /// A square of one colour at a random place, up to the given share of the picture's side.
  private static func hide(
    _ canvas: inout Canvas, side: Double, _ generator: inout SeededGenerator
  ) {
    let half = Double(canvas.side) * side * generator.uniform(0.5, 1) / 2
    let limit = Double(canvas.side)
    let centre = Point(generator.uniform(0, limit), generator.uniform(0, limit))
    let colour = Colour(generator.uniform(), generator.uniform(), generator.uniform())
    guard half >= 0.5 else { return }
    let placement = Placement(centre: centre, scale: half, angle: 0, isMirrored: false)
    let square = Shape.box(Point(0, 0), halfWidth: 1, halfHeight: 1, rounding: 0)
    canvas.draw([Layer(square, colour)], at: placement)
  }
}
