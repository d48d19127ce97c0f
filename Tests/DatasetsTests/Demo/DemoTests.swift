import Datasets
import ModalityKit
import SeededRandom
import Testing

@Suite struct DemoTests {
  private let demo = DemoDataset(seed: 1)

  @Test func shapeOfTheDataSet() throws {
    let dataset = DatasetLoader.demo().dataset
    #expect(dataset.name == "demo")
    #expect(dataset.modalities == ["image", "audio", "text"])
    #expect(
      dataset.classes == [
        "ambulance", "bee", "bell", "bird", "car", "clock", "drum", "fire", "rain", "sea",
      ])
    #expect(dataset.samples.count == 600)
    #expect(Set(dataset.samples.map(\.id)).count == 600)
    #expect(dataset.samples.prefix(11).map(\.label) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    #expect(dataset.samples.first?.id == "ambulance-01")
    for label in dataset.classes.indices {
      let mine = dataset.samples.filter { $0.label == label }
      #expect(mine.count == 60)
      #expect(mine.count { $0.split == .train } == 36)
      #expect(mine.count { $0.split == .test } == 18)
    }
  }

  @Test func inputsAreRealFiles() throws {
    for sample in DatasetLoader.demo().dataset.samples.prefix(10) {
      let image = try #require(sample.inputs[0]).bytes(limit: 1 << 20)
      let sound = try #require(sample.inputs[1]).bytes(limit: 1 << 20)
      let text = try #require(sample.inputs[2]).bytes(limit: 1000)
      #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
      #expect(String(decoding: sound[0..<4], as: UTF8.self) == "RIFF")
      #expect(String(decoding: sound[8..<16], as: UTF8.self) == "WAVEfmt ")
      let declared = (0..<4).reduce(0) { $0 + Int(sound[40 + $1]) << (8 * $1) }
      #expect(declared == sound.count - 44)
      #expect(declared == 2 * 11_200)
      #expect(!text.isEmpty)
      #expect(sample.inputs[0]?.name == "\(sample.id).png")
    }
  }

  /// All pixels, samples and words of a part of the data set, as one number recorded once. The
  /// PNG container is left out: its bytes depend on the version of zlib.
  @Test func contentIsTheSameEverywhere() {
    #expect(contentHash(seed: 1) == contentHash(seed: 1))
    #expect(contentHash(seed: 1) != contentHash(seed: 2))
    #expect(contentHash(seed: 1) == 8_185_304_217_741_917_351)
  }

  private func contentHash(seed: UInt64) -> UInt64 {
    let demo = DemoDataset(seed: seed)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for index in 0..<60 {
      let noise = demo.noiseLevels(of: index)
      demo.picture(of: index, noise: noise[0]).pixels().forEach(mix)
      for sample in demo.sound(of: index, noise: noise[1]).render() {
        // 12 bits, so that the last bit of a mathematical library does not count.
        let rounded = Int((sample * 2047).rounded())
        mix(UInt8(truncatingIfNeeded: rounded))
        mix(UInt8(truncatingIfNeeded: rounded >> 8))
      }
      demo.caption(of: index, noise: noise[2]).words().joined(separator: " ").utf8.forEach(mix)
    }
    return hash
  }

  @Test func noiseLevelsAreSkewedAndIndependent() {
    let levels = (0..<600).map { demo.noiseLevels(of: $0) }
    for modality in 0..<3 {
      let mine = levels.map { $0[modality] }
      #expect(mine.allSatisfy { (0...1).contains($0) })
      #expect((0.5...0.7).contains(Double(mine.count { $0 < 0.3 }) / 600))
      #expect((0.15...0.4).contains(Double(mine.count { $0 > 0.5 }) / 600))
    }
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
      let correlation = correlation(levels.map { $0[first] }, levels.map { $0[second] })
      #expect(abs(correlation) < 0.12)
    }
  }

  @Test func pixelsDeviateMoreWithNoise() {
    let rows = (0..<20).map { index in
      let clean = demo.picture(of: index, noise: 0).pixels()
      return [0.1, 0.3, 0.6, 1].map { level in
        let noisy = demo.picture(of: index, noise: level).pixels()
        let squares = zip(clean, noisy).map { pow2(Double($0) - Double($1)) }
        return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
      }
    }
    for row in rows { #expect(row == row.sorted()) }
    // At level 0.1 at least the Gaussian part, 0.026 of 255 grey levels (clipping takes a little).
    #expect(rows.allSatisfy { $0[0] > 4 })
    #expect(rows.allSatisfy { $0[3] > 40 })
  }

  @Test func soundsDeviateMoreWithNoise() {
    for index in 0..<20 {
      let clean = demo.sound(of: index, noise: 0).render()
      let similarity = [0.1, 0.4, 0.7, 1].map { level in
        let noisy = demo.sound(of: index, noise: level).render()
        return correlation(clean.map(Double.init), noisy.map(Double.init))
      }
      #expect(similarity == similarity.sorted(by: >))
      // SNR 22 dB at level 0.1, −13 dB at level 1: r = 1/√(1 + 10^(−SNR/10)).
      #expect(abs(similarity[0] - 0.997) < 0.003)
      #expect(abs(similarity[3] - 0.219) < 0.05)
    }
  }

  @Test func wordsAreLostWithNoise() {
    var kept: [Double] = []
    for level in [0.2, 0.5, 1] {
      var same = 0
      var all = 0
      for index in 0..<200 {
        let clean = demo.caption(of: index, noise: 0).words()
        let noisy = Set(demo.caption(of: index, noise: level).words())
        same += clean.count { noisy.contains($0) }
        all += clean.count
      }
      kept.append(Double(same) / Double(all))
    }
    // The share kept is 1 − 0.75 · level, give or take words that come twice.
    for (share, level) in zip(kept, [0.2, 0.5, 1]) {
      #expect(abs(share - (1 - 0.75 * level)) < 0.05)
    }
  }

  @Test func captionsOfAClassDiffer() {
    for label in 0..<10 {
      let captions = (0..<60).map {
        demo.caption(of: 10 * $0 + label, noise: 0).words().joined(separator: " ")
      }
      #expect(Set(captions).count > 50)
    }
  }

  private func pow2(_ value: Double) -> Double { value * value }

  private func correlation(_ first: [Double], _ second: [Double]) -> Double {
    let count = Double(first.count)
    let (meanFirst, meanSecond) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
    let covariance = zip(first, second).reduce(0) { $0 + ($1.0 - meanFirst) * ($1.1 - meanSecond) }
    let spreadFirst = first.reduce(0) { $0 + pow2($1 - meanFirst) }
    let spreadSecond = second.reduce(0) { $0 + pow2($1 - meanSecond) }
    return covariance / (spreadFirst * spreadSecond).squareRoot()
  }
}
