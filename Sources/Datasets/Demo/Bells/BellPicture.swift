import SeededRandom

/// A bell as high as it is big, on 64 × 64 RGB pixels.
package struct BellPicture: Sendable {
  /// Half the height in pixels at size 0 and at size 100.
  static let reach = (least: 5.0, greatest: 29.0)
  /// Nearer or farther: the height is off by a factor of up to 1 ± this.
  static let distance = 0.06

  let size: Double
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// Interleaved RGB, row-major.
  package func pixels() -> [UInt8] {
    var generator = stream.generator()
    var canvas = Canvas(side: DemoPicture.side)
    let (top, bottom) = DemoPicture.background(&generator)
    canvas.fill(from: top, to: bottom)
    let placement = placement(&generator)
    var palette = Palette(generator)
    canvas.draw(ObjectLooks.bell(&palette), at: placement)
    if noise > 0 {
      var spoiler = stream.generator("spoil")
      PictureNoise.spoil(&canvas, level: noise, &spoiler)
    }
    return canvas.bytes()
  }

  private func placement(_ generator: inout SeededGenerator) -> Placement {
    let half = Double(DemoPicture.side) / 2
    let factor = 1 + generator.uniform(-Self.distance, Self.distance)
    let reach = factor * (Self.reach.least + (Self.reach.greatest - Self.reach.least) * size / 100)
    return Placement(
      centre: Point(
        half + generator.uniform(-4, 4), half + generator.uniform(-4, 4)),
      scale: reach, angle: generator.uniform(-0.15, 0.15),
      isMirrored: generator.uniform() < 0.5)
  }
}
