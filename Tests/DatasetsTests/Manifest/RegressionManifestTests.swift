import ModalityKit
import Testing

@testable import Datasets

/// Manifests whose label is a number.
@Suite struct RegressionManifestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ text: String, name: String = "m.csv", seed: UInt64 = 1
  ) throws -> Dataset {
    try DatasetLoader.manifest(
      path: try folder.write(name, text), regression: true, splitSeed: seed
    ).dataset
  }

  @Test func labelsAreNumbers() throws {
    let dataset = try load(
      """
      id,label,split,text
      a,3.5,train,one
      b, -2e3 ,test,two
      c,7,validation,three
      """)
    #expect(dataset.task == .regression(target: "label"))
    #expect(dataset.samples.map(\.value) == [3.5, -2000, 7])
    #expect(dataset.samples.map(\.label) == [0, 0, 0])
    #expect(dataset.samples.map(\.split) == [.train, .test, .validation])
    let lines = try load(
      "{\"id\":1,\"label\":3.5,\"text\":\"x\"}\n{\"id\":2,\"label\":\"4\",\"text\":\"y\"}\n",
      name: "m.jsonl")
    #expect(lines.samples.map(\.value) == [3.5, 4])
  }

  @Test func withoutTheFlagTheyAreClasses() throws {
    let dataset = try DatasetLoader.manifest(
      path: try folder.write("m.csv", "id,label,text\n1,3.5,x\n2,4,y\n")
    ).dataset
    #expect(dataset.classes == ["3.5", "4"])
    #expect(dataset.samples.allSatisfy { $0.value == nil })
  }

  @Test(arguments: ["red", "1,5\"", "nan", "inf", "1e999", "3 4", "--2"])
  func whatIsNoNumberIsNamed(_ label: String) throws {
    let quoted = label.contains(",") ? "\"1,5\"" : label
    let error = #expect(throws: DatasetError.self) {
      try load("id,label,text\n1,2,x\n2,\(quoted),y\n")
    }
    #expect(error?.kind == .notANumber)
    #expect(error?.line == 3)
    #expect(error?.column == "label")
    #expect(error?.message.contains("m.csv line 3, column \"label\": expected a number") == true)
  }

  @Test func emptyAndConstantLabelsAreRefused() throws {
    let empty = #expect(throws: DatasetError.self) { try load("id,label,text\n1,2,x\n2,,y\n") }
    #expect(empty?.kind == .emptyLabel)
    let constant = #expect(throws: DatasetError.self) {
      try load("id,label,text\n1,2,x\n2,2.0,y\n")
    }
    #expect(constant?.kind == .constantTarget)
  }

  @Test func madeSplitsSpanTheRangeAndFollowTheSeed() throws {
    let rows = (0..<200).map { "s\($0),\(($0 * 37) % 200),word\n" }.joined()
    let text = "id,label,text\n" + rows
    let dataset = try load(text)
    for (split, count) in [(Dataset.Split.train, 120), (.validation, 20), (.test, 60)] {
      let values = dataset.samples.filter { $0.split == split }.compactMap(\.value)
      #expect(values.count == count)
      // Of each tenth of the values the split's share.
      for bin in 0..<10 {
        let inBin = values.count { Int($0) / 20 == bin }
        #expect(abs(inBin - count / 10) <= 1)
      }
    }
    let splits = dataset.samples.map(\.split)
    #expect(try load(text).samples.map(\.split) == splits)
    #expect(try load(text, seed: 2).samples.map(\.split) != splits)
  }

  @Test func binsAreQuantiles() {
    #expect(StratifiedSplit.bins(of: [], count: 10).isEmpty)
    #expect(StratifiedSplit.bins(of: [5], count: 10) == [0])
    #expect(StratifiedSplit.bins(of: [4, 1, 3, 2], count: 2) == [1, 0, 1, 0])
    // Equal values share a bin, wherever they stand.
    #expect(StratifiedSplit.bins(of: [7, 0, 7, 7, 9], count: 5) == [1, 0, 1, 1, 4])
    let skewed = StratifiedSplit.bins(of: (0..<100).map { Double($0 * $0 * $0) }, count: 10)
    for bin in 0..<10 { #expect(skewed.count { $0 == bin } == 10) }
  }
}
