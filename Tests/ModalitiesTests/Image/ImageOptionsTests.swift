import Modalities
import ModalityKit
import SeededRandom
import Testing

@Suite struct ImageOptionsTests {
  private static func row(_ encoder: ThumbnailHOGEncoder, _ raw: RawInput) throws -> [Float] {
    var row = FeatureRow()
    try encoder.encode(encoder.decode(raw), .init(), into: &row)
    return row.values
  }

  /// Drawn from all ranges: what is accepted gives the announced count of finite features.
  @Test func everyCombinationGivesTheAnnouncedFeatures() throws {
    var generator = SeededGenerator(seed: 11)
    let writer = PNGKindTests.writer(.rgbAlpha, 8, 50, 31)
    let raw = writer.raw(PNGKindTests.samples(writer))
    var accepted = 0
    for _ in 0..<150 {
      func draw(_ values: [Int]) -> Int { values[generator.index(below: values.count)] }
      var options = ThumbnailHOGConfiguration()
      options.size = draw([16, 17, 33, 64, 100, 256])
      options.background = draw([0, 100, 255])
      options.thumbnail = draw([1, 7, 16, 64])
      options.hues = draw([1, 5, 36])
      options.saturations = draw([1, 3, 16])
      options.values = draw([1, 4, 16])
      options.cell = draw([4, 5, 8, 16, 64])
      options.block = draw([1, 2, 3, 4])
      options.orientations = draw([2, 3, 9, 36])
      options.norm = BlockNorm.allCases[generator.index(below: BlockNorm.allCases.count)]
      let blocks = options.size / options.cell - options.block + 1
      let gradients = blocks * blocks * options.block * options.block * options.orientations
      let fits =
        blocks > 0 && options.thumbnail <= options.size && gradients <= 300_000
      guard fits else {
        #expect(errorKind { _ = try ThumbnailHOGEncoder(configuration: options) } == .badParameter)
        continue
      }
      accepted += 1
      let encoder = try ThumbnailHOGEncoder(configuration: options)
      let values = try Self.row(encoder, raw)
      let colors = options.hues * options.saturations * options.values
      #expect(values.count == 3 * options.thumbnail * options.thumbnail + colors + gradients + 8)
      #expect(encoder.schema(.init()).count == values.count)
      #expect(values.allSatisfy { $0.isFinite }, "\(options)")
    }
    #expect(accepted > 50)
  }

  @Test(arguments: [
    "size=15", "size=257", "background=-1", "background=256", "thumbnail=0", "thumbnail=65",
    "hues=0", "hues=37", "saturations=0", "saturations=17", "values=0", "values=17", "cell=3",
    "cell=65", "block=0", "block=5", "orientations=1", "orientations=37", "norm=l3", "trim=maybe",
  ])
  func valuesOutOfRangeAreRefusedWithAHint(option: String) {
    let error = #expect(throws: EncoderError.self) {
      _ = try ThumbnailHOGEncoder.typed([option])
    }
    #expect(error?.kind == .badParameter)
    #expect(error?.hint.isEmpty == false)
  }

  /// The features of a 16 × 16 picture, unscaled, by name.
  private static func features(
    background: Int = 255, _ options: [String] = [], _ rgb: (Int, Int) -> [Int]
  ) throws -> [String: Float] {
    let encoder = try ThumbnailHOGEncoder.typed(
      ["size=16", "cell=8", "background=\(background)"] + options)
    let writer = PNGWriter(width: 16, height: 16, color: .rgb, depth: 8)
    let samples = (0..<256).flatMap { rgb($0 % 16, $0 / 16) }
    let values = try row(encoder, writer.raw(samples))
    let names = encoder.schema(.init()).names
    return Dictionary(uniqueKeysWithValues: zip(names, values))
  }

  private func expect(_ features: [String: Float], _ expected: KeyValuePairs<String, Double>) {
    for (name, value) in expected {
      let found = Double(features["grey:\(name)"] ?? .nan)
      #expect(abs(found - value) < 1e-6, "\(name) is \(found), expected \(value)")
    }
  }

  /// A black and a white half on mid-grey: half of 255 across the two columns at the border.
  @Test func greyStatisticsOfAnEdge() throws {
    let found = try Self.features(background: 128) { x, _ in
      [Int](repeating: x < 8 ? 0 : 255, count: 3)
    }
    expect(
      found,
      [
        "mean": 0.5, "deviation": 0.5, "contentMean": 0.5, "contentDeviation": 0.5,
        "edgeMean": 2.0 / 16 * 0.5, "edgeDeviation": (0.125 * 0.25 - 0.0625 * 0.0625).squareRoot(),
        "contentShare": 1, "noise": 0,
      ])
  }

  /// A quarter of grey 102 on white.
  @Test func greyStatisticsOfContent() throws {
    let found = try Self.features { x, y in [Int](repeating: x < 8 && y < 8 ? 102 : 255, count: 3) }
    expect(
      found,
      [
        "mean": 0.85, "deviation": 0.6 * (0.25 * 0.75).squareRoot(), "contentMean": 0.4,
        "contentDeviation": 0, "contentShare": 0.25,
      ])
  }

  /// On a chessboard of pixels every sum of the mask is 16 times half the contrast, and central
  /// differences see nothing but the one-sided ones of the border.
  @Test func greyStatisticsOfNoise() throws {
    let found = try Self.features { x, y in
      [Int](repeating: (x + y).isMultiple(of: 2) ? 0 : 255, count: 3)
    }
    expect(
      found,
      [
        "noise": (Double.pi / 2).squareRoot() / 6 * 8,
        "edgeMean": (4 * 14 + 4 * 2.0.squareRoot()) / 256,
      ])
  }

  /// Of 128 pixels of content half are red, a quarter dark green, a quarter grey.
  @Test func coloursFallIntoTheirBins() throws {
    func picture(_ x: Int, _ y: Int) -> [Int] {
      if x >= 8 { return [254, 255, 252] }
      return y < 8 ? [255, 0, 0] : x < 4 ? [0, 100, 0] : [150, 150, 150]
    }
    let usual = try Self.features { picture($0, $1) }
    #expect(usual["color:hue0.saturation3.value3"] == Float(0.5).squareRoot())
    // Green is a third of the circle, 4 of 12; 100 · 4 / 255 is 1.
    #expect(usual["color:hue4.saturation3.value1"] == 0.5)
    #expect(usual["color:hue0.saturation0.value2"] == 0.5)
    let coarse = try Self.features(["hues=3", "saturations=2", "values=1"]) { picture($0, $1) }
    #expect(coarse["color:hue0.saturation1.value0"] == Float(0.5).squareRoot())
    #expect(coarse["color:hue1.saturation1.value0"] == 0.5)
    #expect(coarse["color:hue0.saturation0.value0"] == 0.5)
    #expect(coarse.keys.count { $0.hasPrefix("color") } == 6)
  }

  @Test func memoryCountsThePixels() throws {
    let small = try ThumbnailHOGEncoder.typed(["size=16", "cell=8"])
    let large = try ThumbnailHOGEncoder.typed(["size=256"])
    let file = Fixture.file("rgb-8.png")
    let difference = try large.memory(of: large.decode(file)) - small.memory(of: small.decode(file))
    #expect(difference == 3 * (256 * 256 - 16 * 16))
  }
}
