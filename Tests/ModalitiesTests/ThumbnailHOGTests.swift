import Foundation
import Modalities
import ModalityKit
import PNGCodec
import Testing

@Suite struct ThumbnailHOGTests {
  struct Golden: Decodable {
    let height: Int
    let width: Int
    let pixels: [[Double]]
    let cells: [[[Double]]]
    let blocks: [Double]

    enum CodingKeys: String, CodingKey {
      case height, width
      case pixels = "image_uint8"
      case cells = "cell_histograms"
      case blocks = "L2-Hys_exact"
    }
  }

  @Test func orientedGradientsEqualScikitImage() throws {
    let golden = try Fixture.json("golden-hog.json", as: Golden.self)
    let gradients = OrientedGradients(orientations: 9, cell: 8, block: 2)
    let grey = golden.pixels.flatMap { $0 }
    let cells = gradients.cellHistograms(grey, width: golden.width, height: golden.height)
    #expect(relativeDifference(cells, golden.cells.flatMap { $0.flatMap { $0 } }) < 1e-10)
    let features = gradients.features(grey, width: golden.width, height: golden.height)
    #expect(relativeDifference(features, golden.blocks) < 1e-10)
    #expect(
      features.count == gradients.featureCount(width: golden.width, height: golden.height))
  }

  /// A PNG of one RGBA colour a pixel.
  static func png(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> [UInt8]) -> RawInput {
    let rows = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    png_codec_write(rows, UInt32(width), UInt32(height), 4, 6, &bytes, &count, nil, 0)
    defer { png_codec_free(bytes) }
    return .bytes(Array(UnsafeBufferPointer(start: bytes, count: count)), name: "made.png")
  }

  @Test func transparencyIsComposedOnTheBackground() throws {
    let raw = Self.png(4, 4) { _, _ in [200, 100, 0, 51] }
    let onWhite = try ThumbnailHOGEncoder.configured(["size": "16", "cell": "8"]).decode(raw)
    #expect(Array(onWhite.rgb[0..<3]) == [244, 224, 204])
    let onBlack = try ThumbnailHOGEncoder.configured([
      "size": "16", "cell": "8", "background": "0",
    ]).decode(raw)
    #expect(Array(onBlack.rgb[0..<3]) == [40, 20, 0])
  }

  @Test func scalingAveragesAreasAndKeepsTheAspect() throws {
    // 32 × 8, columns alternately 0 and 100: halved to 16 × 4 of 50, centred on 16 × 16 white.
    let raw = Self.png(32, 8) { x, _ in
      let level: UInt8 = x.isMultiple(of: 2) ? 0 : 100
      return [level, level, level, 255]
    }
    let bitmap = try ThumbnailHOGEncoder.configured(["size": "16", "cell": "8"]).decode(raw)
    let red = stride(from: 0, to: bitmap.rgb.count, by: 3).map { bitmap.rgb[$0] }
    let expected = (0..<16).flatMap { y in
      [UInt8](repeating: (6..<10).contains(y) ? 50 : 255, count: 16)
    }
    #expect(red == expected)
  }

  @Test func scalingKeepsTheMeanAtOddRatios() throws {
    let raw = Self.png(37, 37) { x, y in
      let level = UInt8((x * 7 + y * 3) % 256)
      return [level, level, level, 255]
    }
    let sum = (0..<37).reduce(0) { total, y in
      (0..<37).reduce(total) { $0 + ($1 * 7 + y * 3) % 256 }
    }
    let bitmap = try ThumbnailHOGEncoder.configured(["size": "16", "cell": "8"]).decode(raw)
    let mean = Double(bitmap.rgb.reduce(0) { $0 + Int($1) }) / Double(bitmap.rgb.count)
    #expect(abs(mean - Double(sum) / 37 / 37) < 0.3)
  }

  @Test func transparentMarginsAreTrimmed() throws {
    let raw = Self.png(40, 20) { x, y in
      (10..<20).contains(x) && (5..<15).contains(y) ? [9, 9, 9, 255] : [0, 0, 0, 0]
    }
    let trimmed = try ThumbnailHOGEncoder.configured().decode(raw)
    #expect(trimmed.rgb.allSatisfy { $0 == 9 })
    let whole = try ThumbnailHOGEncoder.configured(["trim": "off"]).decode(raw)
    #expect(whole.rgb.count { $0 == 9 } == 3 * 16 * 16)
    #expect(trimmed.source.width == 40)
  }

  @Test func sixteenBitsScaleToTheSameGreyLevel() throws {
    let encoder = try ThumbnailHOGEncoder.configured(["size": "16", "cell": "8"])
    let bitmap = try encoder.decode(Fixture.file("rgb-16-gamma.png"))
    #expect(bitmap.rgb[3 * (16 * 8 + 8)] == 99)
  }

  @Test func oneVisiblePixelAndNoneAreAccepted() throws {
    let encoder = try ThumbnailHOGEncoder.configured()
    for raw in [
      Self.png(1, 1) { _, _ in [1, 2, 3, 255] }, Self.png(300, 1) { _, _ in [1, 2, 3, 255] },
      Self.png(3, 3) { _, _ in [0, 0, 0, 0] },
    ] {
      var row = FeatureRow()
      try encoder.encode(encoder.decode(raw), .init(), into: &row)
      #expect(row.values.count == encoder.schema(.init()).count)
      #expect(row.values.allSatisfy { $0.isFinite })
    }
    let blank = try encoder.decode(Self.png(3, 3) { _, _ in [0, 0, 0, 0] })
    #expect(encoder.preview(blank).warnings == ["every pixel is the same"])
  }

  @Test func featuresSeeColourAndThumbnail() throws {
    let encoder = try ThumbnailHOGEncoder.configured(["thumbnail": "1"])
    var row = FeatureRow()
    try encoder.encode(
      encoder.decode(Self.png(8, 8) { _, _ in [255, 0, 51, 255] }), .init(), into: &row)
    #expect(row.values[0..<3].elementsEqual([1, 0, 0.2]))
    let names = encoder.schema(.init()).names
    // Hue 348°, the last of twelve; full saturation and value.
    let place = try #require(names.firstIndex(of: "color:hue11.saturation3.value3"))
    #expect(row.values[place] == 1)
    #expect(row.values[3..<3 + 192].reduce(0, +) == 1)
    let share = try #require(names.firstIndex(of: "grey:contentShare"))
    #expect(row.values[share] == 1)
  }

  @Test func captionTellsTheSourceSize() throws {
    let encoder = try ThumbnailHOGEncoder.configured()
    let bitmap = try encoder.decode(Fixture.file("palette-8.png"))
    #expect(encoder.preview(bitmap).caption == "9 × 6 pixels from palette PNG")
  }

  @Test func inconsistentParametersAreRefused() {
    #expect(
      errorKind { _ = try ThumbnailHOGEncoder.configured(["size": "16", "cell": "16"]) }
        == .badParameter)
    #expect(
      errorKind { _ = try ThumbnailHOGEncoder.configured(["block": "3", "cell": "32"]) }
        == .badParameter)
    // 61 × 61 blocks of 16 cells of 36 orientations.
    let much: KeyValuePairs = [
      "size": "256", "cell": "4", "block": "4", "orientations": "36",
    ]
    #expect(errorKind { _ = try ThumbnailHOGEncoder.configured(much) } == .badParameter)
    var wild = ThumbnailHOGConfiguration()
    wild.size = -5
    #expect(errorKind { _ = try ThumbnailHOGEncoder(configuration: wild) } == .badParameter)
  }
  /// The gradients' columns under other norms and shapes, beside columns that stay as they are.
  @Test func gradientsAsConfigured() throws {
    func row(_ options: KeyValuePairs<String, String>) throws -> [String: Float] {
      let encoder = try ThumbnailHOGEncoder.configured(options)
      var row = FeatureRow()
      try encoder.encode(encoder.decode(Fixture.file("rgb-8.png")), .init(), into: &row)
      let names = encoder.schema(.init()).names
      #expect(names.count == row.values.count)
      return Dictionary(uniqueKeysWithValues: zip(names, row.values))
    }
    let usual = try row([:])
    #expect(try row(["norm": "l2-hys", "block": "2", "cell": "16", "orientations": "9"]) == usual)
    let sums = try row(["norm": "l1"])
    let roots = try row(["norm": "l1-sqrt"])
    for (name, sum) in sums {
      let isGradient = name.hasPrefix("gradient")
      #expect(abs((roots[name] ?? -1) - (isGradient ? sum.squareRoot() : sum)) < 1e-6)
      if !isGradient { #expect(sum == usual[name]) }
    }
    #expect(sums != usual)
    #expect(try row(["norm": "l2"]) != usual)
    // 64 / 8 = 8 cells a side: 6 × 6 blocks of 3 × 3 cells of 36 orientations.
    let fine = try row(["cell": "8", "block": "3", "orientations": "36"])
    #expect(fine.keys.count { $0.hasPrefix("gradient") } == 36 * 9 * 36)
    #expect(fine["gradient:block35.323"] != nil)
  }
}
