import Datasets
import ModalityKit
import Testing

@Suite struct BellTests {
  private let bells = BellDataset(seed: 1)

  @Test func shapeOfTheDataSet() throws {
    let dataset = DatasetLoader.demoRegression().dataset
    #expect(dataset.task == .regression(target: "size"))
    #expect(dataset.classes.isEmpty)
    #expect(dataset.modalities == ["image", "audio", "text"])
    #expect(dataset.samples.count == 600)
    #expect(Set(dataset.samples.map(\.id)).count == 600)
    let values = dataset.samples.compactMap(\.value)
    #expect(values.count == 600)
    #expect(values.allSatisfy { (0...100).contains($0) })
    let mean = values.reduce(0, +) / 600
    #expect(abs(mean - 50) < 4)
    for (split, count) in [(Dataset.Split.train, 360), (.validation, 60), (.test, 180)] {
      let mine = dataset.samples.filter { $0.split == split }
      #expect(mine.count == count)
      // Every split spans the whole range.
      let ofSplit = mine.compactMap(\.value)
      #expect(ofSplit.min() ?? 9 < 10 && ofSplit.max() ?? 0 > 90)
    }
  }

  @Test func theSeedDecidesAndNothingElse() throws {
    func bytes(_ seed: UInt64) throws -> [[UInt8]] {
      try DatasetLoader.demoRegression(seed: seed).dataset.samples.prefix(6).flatMap { sample in
        try sample.inputs.map { try #require($0).bytes(limit: 1 << 20) }
      }
    }
    #expect(try bytes(1) == bytes(1))
    #expect(try bytes(1) != bytes(2))
  }

  @Test func inputsAreRealFiles() throws {
    let sample = try #require(DatasetLoader.demoRegression().dataset.samples.first)
    #expect(try #require(sample.inputs[0]).bytes(limit: 1 << 20).starts(with: [0x89, 0x50]))
    #expect(try #require(sample.inputs[1]).bytes(limit: 1 << 20).starts(with: "RIFF".utf8))
    #expect(sample.inputs[0]?.name == "bell-001.png")
    #expect(sample.trueNoise?.count == 3)
  }

  /// Seen: the rows that differ from a picture without the bell are as many as the bell is high.
  /// The background is a vertical gradient, so a row of it is of one colour.
  private func seen(_ index: Int, noise: Double) -> Double {
    let pixels = bells.picture(of: index, noise: noise).pixels()
    let side = 64
    let rows = (0..<side).count { row in
      let start = 3 * row * side
      return (0..<side).contains { column in
        (0..<3).contains {
          abs(Int(pixels[start + 3 * column + $0]) - Int(pixels[start + $0])) > 24
        }
      }
    }
    return Double(rows)
  }

  /// Heard: zero crossings fall with the pitch.
  private func heard(_ index: Int, noise: Double) -> Double {
    let samples = bells.sound(of: index, noise: noise).render()
    let crossings = zip(samples, samples.dropFirst()).count { ($0 < 0) != ($1 < 0) }
    return -Double(crossings).squareRoot()
  }

  /// Read: the tens that a sentence names, where it does.
  private func read(_ index: Int, noise: Double) -> Double? {
    let tens = [
      "five", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
      "hundred",
    ]
    let words = bells.caption(of: index, noise: noise).words()
    return words.compactMap { tens.firstIndex(of: $0) }.first.map(Double.init)
  }

  @Test func cleanSignalsTellTheSize() {
    let sizes = (0..<200).map { bells.size(of: $0) }
    #expect(correlation(sizes, (0..<200).map { seen($0, noise: 0) }) > 0.95)
    #expect(correlation(sizes, (0..<200).map { heard($0, noise: 0) }) > 0.9)
    let named = (0..<200).compactMap { index in
      read(index, noise: 0).map { (sizes[index], $0) }
    }
    #expect((70...130).contains(named.count))
    #expect(correlation(named.map(\.0), named.map(\.1)) > 0.95)
  }

  @Test func noiseHidesIt() {
    let sizes = (0..<200).map { bells.size(of: $0) }
    let (clear, buried) = (
      correlation(sizes, (0..<200).map { heard($0, noise: 0.05) }),
      correlation(sizes, (0..<200).map { heard($0, noise: 1) })
    )
    #expect(buried < clear - 0.2)
    for index in 0..<20 {
      let clean = bells.picture(of: index, noise: 0).pixels()
      let damage = [0.1, 0.4, 1].map { level in
        zip(clean, bells.picture(of: index, noise: level).pixels()).reduce(0) {
          $0 + abs(Int($1.0) - Int($1.1))
        }
      }
      #expect(damage == damage.sorted() && damage[0] > 0)
    }
    let named = { (noise: Double) in (0..<200).count { self.read($0, noise: noise) != nil } }
    #expect(named(1) < named(0) / 2)
  }

  @Test func noiseChangesOnlyTheSignal() {
    let index = 11
    #expect(bells.size(of: index) == bells.size(of: index))
    let clean = bells.picture(of: index, noise: 0).pixels()
    #expect(bells.picture(of: index, noise: 0).pixels() == clean)
    #expect(bells.picture(of: index, noise: 0.3).pixels() != clean)
    let levels = (0..<600).map { bells.noiseLevels(of: $0) }
    #expect(levels.allSatisfy { $0.count == 3 && $0.allSatisfy { (0...1).contains($0) } })
    #expect((0.15...0.4).contains(Double(levels.count { $0[0] > 0.5 }) / 600))
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let (spreadX, spreadY) = (
      x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) },
      y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    )
    return product / (spreadX * spreadY).squareRoot()
  }
}
