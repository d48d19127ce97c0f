import PNGCodec
import SeededRandom

/// A generated picture of 64 × 64 RGB pixels.
package struct DemoPicture: Sendable {
  package static let side = 64

  let thing: DemoClass
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// Interleaved RGB, row-major, `3 * side * side` bytes.
  package func pixels() -> [UInt8] {
    var generator = stream.generator()
    let look = DemoLook.draw(for: thing, pairs: AmbiguousPair.ofPictures, &generator)
    var canvas = Canvas(side: Self.side)
    let (top, bottom) = Self.background(&generator)
    canvas.fill(from: top, to: bottom)
    let placement = Self.placement(look, &generator)
    var palette = Palette(generator)
    canvas.draw(Self.layers(thing, look, &palette), at: placement)
    if noise > 0 {
      var spoiler = stream.generator("spoil")
      PictureNoise.spoil(&canvas, level: noise, &spoiler)
    }
    return canvas.bytes()
  }

  /// The same as a PNG file. Empty only when there is no memory for it.
  package func png() -> [UInt8] { Self.png(of: pixels()) }

  /// - Parameter pixels: interleaved RGB of a square picture.
  static func png(of pixels: [UInt8], side: Int = side) -> [UInt8] {
    var content: UnsafeMutablePointer<UInt8>?
    var count = 0
    let side = UInt32(side)
    let status = png_codec_write(pixels, side, side, 3, 3, &content, &count, nil, 0)
    defer { png_codec_free(content) }
    guard status == PNG_CODEC_OK, let content else { return [] }
    return [UInt8](UnsafeBufferPointer(start: content, count: count))
  }

  private static func layers(
    _ thing: DemoClass, _ look: DemoLook, _ palette: inout Palette
  )
    -> [Layer]
  {
    if case .shared = look {
      switch thing {
      case .ambulance, .car: return VehicleLooks.plainVan(&palette)
      case .bee, .bird: return AnimalLooks.distantFlyer(&palette)
      case .bell, .fire: return ObjectLooks.goldenDrop(&palette)
      case .clock, .drum: return ObjectLooks.disc(&palette)
      case .rain, .sea: return WeatherLooks.wetGrey(&palette)
      }
    }
    return switch thing {
    case .ambulance: VehicleLooks.ambulance(&palette)
    case .bee: AnimalLooks.bee(&palette)
    case .bell: ObjectLooks.bell(&palette)
    case .bird: AnimalLooks.bird(&palette)
    case .car: VehicleLooks.car(&palette)
    case .clock: ObjectLooks.clock(&palette)
    case .drum: ObjectLooks.drum(&palette)
    case .fire: ObjectLooks.fire(&palette)
    case .rain: WeatherLooks.rain(&palette)
    case .sea: WeatherLooks.sea(&palette)
    }
  }

  /// A light gradient that says nothing of the thing.
  static func background(_ generator: inout SeededGenerator) -> (Colour, Colour) {
    var palette = Palette(SeededGenerator(seed: generator.next()))
    let top = palette.anyOf([
      (0.72, 0.85, 0.95), (0.95, 0.86, 0.72), (0.82, 0.92, 0.78), (0.92, 0.82, 0.88),
      (0.86, 0.86, 0.86),
    ])
    return (top, top.lighter(palette.uniform(-0.22, 0.3)))
  }

  private static func placement(_ look: DemoLook, _ generator: inout SeededGenerator) -> Placement {
    let half = Double(side) / 2
    return Placement(
      centre: Point(
        half * (1 + generator.uniform(-0.16, 0.16)), half * (1 + generator.uniform(-0.16, 0.16))),
      scale: half * generator.uniform(0.62, 0.95), angle: generator.uniform(-0.3, 0.3),
      isMirrored: generator.uniform() < 0.5)
  }
}
