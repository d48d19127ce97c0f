import Modalities
import ModalityKit
import Testing

/// The canvas against whole-number arithmetic that rounds once, half up.
@Suite struct AreaAverageTests {
  /// Σ overlap · (v · a + b · (max − a)) over the box of each canvas pixel, in exact integers.
  private static func reference(
    _ pixels: PNGKindTests.Pixels, width: Int, height: Int, size: Int, background: Int
  ) -> [UInt8] {
    let most = pixels.bitDepth == 8 ? 255 : 65535
    let channels = pixels.channels
    let hasAlpha = channels == 2 || channels == 4
    func overlap(_ source: Int, _ target: Int, _ count: Int) -> Int {
      let low = max(source * size, target * count)
      return max(0, min((source + 1) * size, (target + 1) * count) - low)
    }
    var result: [UInt8] = []
    for y in 0..<size {
      for x in 0..<size {
        for color in 0..<3 {
          var sum = 0
          for row in 0..<height where overlap(row, y, height) > 0 {
            for column in 0..<width {
              let pixel = (row * width + column) * channels
              let value = pixels.values[pixel + (channels > 2 ? color : 0)]
              let alpha = hasAlpha ? pixels.values[pixel + channels - 1] : most
              let composed = value * alpha + background * (most / 255) * (most - alpha)
              sum += overlap(row, y, height) * overlap(column, x, width) * composed
            }
          }
          let whole = width * height * most * (most / 255)
          result.append(UInt8((2 * sum + whole) / (2 * whole)))
        }
      }
    }
    return result
  }

  @Test(arguments: PNGWriter.Color.allCases, [0, 77, 255])
  func everyKindAveragesExactly(color: PNGWriter.Color, background: Int) throws {
    for depth in color.depths where depth > 2 {
      for side in [1, 5, 16, 24, 37, 96] {
        let writer = PNGKindTests.writer(color, depth, side, side)
        let samples = PNGKindTests.samples(writer, seed: 9)
        let encoder = try ThumbnailHOGEncoder.configured([
          "size": "16", "cell": "8", "trim": "off", "background": "\(background)",
        ])
        let found = try encoder.decode(writer.raw(samples)).rgb
        let expected = Self.reference(
          PNGKindTests.expected(writer, samples), width: side, height: side, size: 16,
          background: background)
        #expect(found == expected, "\(color) \(depth) \(side)")
      }
    }
  }

  /// By hand: (60000 · 52000 + 100 · 257 · 13535) / (65535 · 257) = 205.9; with 8 bits of each 205.
  @Test func sixteenBitsAreComposedAtSixteenBits() throws {
    let encoder = try ThumbnailHOGEncoder.configured([
      "size": "16", "cell": "8", "background": "100",
    ])
    let grey = PNGWriter(width: 1, height: 1, color: .greyAlpha, depth: 16)
    #expect(try encoder.decode(grey.raw([60000, 52000])).rgb.allSatisfy { $0 == 206 })
    // Opaque and clear are the value and the background, whatever the hidden value.
    #expect(try encoder.decode(grey.raw([51400, 65535])).rgb.allSatisfy { $0 == 200 })
    #expect(try encoder.decode(grey.raw([51400, 0])).rgb.allSatisfy { $0 == 100 })
  }
}
