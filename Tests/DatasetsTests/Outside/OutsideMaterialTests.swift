import ModalityKit
import Testing

@testable import Datasets

/// What is generated to lie outside of every data set.
@Suite struct OutsideMaterialTests {
  private func contents(_ kind: String, count: Int = 6, seed: UInt64 = 1) throws -> [[UInt8]] {
    try #require(OutsideMaterial.inputs(for: kind, count: count, seed: seed)).map {
      if case .text(let text) = $0 { return Array(text.utf8) }
      return try $0.bytes(limit: 1 << 20)
    }
  }

  @Test(arguments: ["image", "audio", "text"])
  func followsFromTheSeedAndNeverRepeats(_ kind: String) throws {
    let found = try contents(kind)
    #expect(try contents(kind, count: 3) == Array(found.prefix(3)))
    #expect(Set(found + (try contents(kind, seed: 2))).count == 12)
  }

  @Test func numbersHaveNone() {
    #expect(OutsideMaterial.inputs(for: "vector", count: 1, seed: 1) == nil)
  }

  /// Of photographs: neighbours alike at every scale, ever less so with distance, and all of the
  /// range used.
  @Test func picturesHaveTheStatisticsOfPhotographs() throws {
    for seed in 1...4 {
      let side = DeadLeaves.side
      let pixels = DeadLeaves(generator: .init(seed: UInt64(seed))).pixels()
      try #require(pixels.count == 3 * side * side)
      let green = (0..<side * side).map { Double(pixels[3 * $0 + 1]) }
      let mean = green.reduce(0, +) / Double(green.count)
      let centred = green.map { $0 - mean }
      let variance = centred.reduce(0) { $0 + $1 * $1 } / Double(centred.count)
      #expect(variance > 200)
      let correlations = [1, 4, 16].map { lag -> Double in
        var sum = 0.0
        for row in 0..<side {
          for column in 0..<side - lag {
            sum += centred[row * side + column] * centred[row * side + column + lag]
          }
        }
        return sum / Double(side * (side - lag)) / variance
      }
      #expect(correlations[0] > 0.6 && correlations[0] < 0.98, "\(correlations)")
      #expect(correlations[0] > correlations[1] && correlations[1] > correlations[2])
    }
  }

  @Test func musicIsLoudAndPictureAndSoundAreFiles() throws {
    let samples = Music(generator: .init(seed: 3)).render()
    #expect(samples.count == 48_000)
    let peak = samples.reduce(0) { max($0, abs($1)) }
    #expect(abs(peak - 0.9) < 1e-6)
    // No bar is silent.
    for bar in 0..<4 {
      let energy = samples[bar * 12_000..<(bar + 1) * 12_000].reduce(0) { $0 + $1 * $1 }
      #expect(energy > 12_000 * 0.001)
    }
    #expect(try contents("image")[0].prefix(4) == [0x89, 0x50, 0x4E, 0x47])
    #expect(try contents("audio")[0].prefix(4) == Array("RIFF".utf8)[...])
  }

  @Test func wordsAreInvented() throws {
    for text in try contents("text", count: 20) {
      let words = String(decoding: text, as: UTF8.self).split(separator: " ")
      #expect((4...9).contains(words.count))
      #expect(words.allSatisfy { [5, 7, 9].contains($0.count) }, "\(words)")
    }
  }
}
