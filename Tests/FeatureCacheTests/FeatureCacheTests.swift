import Foundation
import Fusion
import Modalities
import ModalityKit
import Testing

@testable import FeatureCache

@Suite("feature cache")
struct FeatureCacheTests {
  /// Pictures, sounds and sentences in files, and a folder for their features.
  struct Material {
    let folder: TemporaryFolder
    var dataset: Dataset
    let core: FusionCore

    init(samples: Int = 40) throws {
      folder = try TemporaryFolder()
      var core = FusionCore()
      for type in BuiltInEncoders.all { core.register(type) }
      self.core = core
      dataset = Dataset(name: "", modalities: [], classes: [], samples: [])
      for index in 0..<samples { try write(index, word: "word\(index % 5)") }
      dataset = dataset(Array(repeating: Dataset.Split.train, count: samples))
    }

    func dataset(_ splits: [Dataset.Split]) -> Dataset {
      Dataset(
        name: "files", modalities: ["vector", "text"], classes: ["a", "b"],
        samples: splits.indices.map { index in
          Dataset.Sample(
            id: "s\(index)", label: index % 2, split: splits[index],
            inputs: [
              index % 7 == 3 ? nil : .file(path: folder.file("\(index).csv")),
              .file(path: folder.file("\(index).txt")),
            ])
        })
    }

    func write(_ index: Int, word: String) throws {
      try Data("\(index),\(index * index % 11),0.5,-2".utf8)
        .write(to: URL(filePath: folder.file("\(index).csv")))
      try Data("the \(word) number \(index)".utf8)
        .write(to: URL(filePath: folder.file("\(index).txt")))
    }

    func cache(origin: String = "test", memoryLimit: Int = 1 << 20) throws -> FeatureCache {
      try FeatureCache(folder: folder.file("features"), origin: origin, memoryLimit: memoryLimit)
    }

    func encoders(_ options: [(name: String, value: String)] = []) throws -> [any ErasedEncoder] {
      let text = try #require(core.encoderType(identifier: "bag-of-words"))
      let vector = try #require(core.encoderType(identifier: "vector"))
      return [try vector.make(), try text.make(options: options)]
    }

    func encode(
      _ cache: FeatureCache?, _ dataset: Dataset? = nil,
      _ options: [(name: String, value: String)] = []
    ) throws -> EncodedDataset {
      try core.encode(dataset ?? self.dataset, encoders: try encoders(options), cache: cache)
    }
  }

  func expectSame(_ one: EncodedDataset, _ other: EncodedDataset) throws {
    let all = Array(one.dataset.samples.indices)
    for (a, b) in zip(try one.tables(all), try other.tables(all)) {
      #expect(a.present == b.present)
      switch (a.storage, b.storage) {
      case (.dense(let a), .dense(let b)): #expect(a == b)
      case (.sparse(let a), .sparse(let b)): #expect(a == b)
      default: Issue.record("dense and sparse")
      }
    }
  }

  @Test func rowsFromTheCacheAreTheRowsThatWereComputed() throws {
    let material = try Material()
    let plain = try material.encode(nil)
    let cold = try material.encode(try material.cache())
    let warm = try material.encode(try material.cache())
    #expect(plain.reusedRows == 0 && cold.reusedRows == 0)
    #expect(warm.reusedRows == 40 + 34)
    try expectSame(plain, cold)
    try expectSame(plain, warm)
  }

  @Test func aChangedFileIsEncodedAnew() throws {
    let material = try Material()
    _ = try material.encode(try material.cache())
    // Of the same size, and with the old date: only the content differs.
    let path = material.folder.file("8.txt")
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try material.write(8, word: "wrod3")
    try FileManager.default.setAttributes([.modificationDate: date as Any], ofItemAtPath: path)
    let changed = try material.encode(try material.cache())
    try expectSame(changed, try material.encode(nil))
  }

  @Test func aMovedFileIsFoundAgain() throws {
    let material = try Material()
    _ = try material.encode(try material.cache())
    let (one, two) = (material.folder.file("1.csv"), material.folder.file("2.csv"))
    try FileManager.default.moveItem(atPath: one, toPath: one + ".old")
    try FileManager.default.moveItem(atPath: two, toPath: one)
    try FileManager.default.moveItem(atPath: one + ".old", toPath: two)
    let swapped = try material.encode(try material.cache())
    #expect(swapped.reusedRows >= 34)
    try expectSame(swapped, try material.encode(nil))
  }

  @Test func anotherConfigurationStateOrProgramHasOtherRows() throws {
    let material = try Material()
    _ = try material.encode(try material.cache())
    let short = try material.encode(try material.cache(), nil, [("ngrams", "2")])
    #expect(short.reusedRows == 34)
    try expectSame(short, try material.encode(nil, nil, [("ngrams", "2")]))
    // The vocabulary and the ranges of the numbers are learned from the training samples.
    let half = material.dataset((0..<40).map { $0 < 20 ? .train : .test })
    let learned = try material.encode(try material.cache(), half)
    #expect(learned.reusedRows == 0)
    try expectSame(learned, try material.encode(nil, half))
    #expect(try material.encode(try material.cache(origin: "another")).reusedRows == 0)
  }

  /// More than may be held in memory: rows stay on disk, and are the same.
  @Test func rowsThatStayOnDiskAreTheSame() throws {
    let material = try Material()
    let plain = try material.encode(nil)
    for _ in 0..<2 {
      let filed = try material.encode(try material.cache(memoryLimit: 0))
      try expectSame(plain, filed)
      #expect(filed.present(0) == plain.present(0))
      let wanted = [39, 3, 0, 0, 17]
      let (a, b) = (try plain.table(0, wanted), try filed.table(0, wanted))
      #expect(a.present == b.present)
      guard case .dense(let x) = a.storage, case .dense(let y) = b.storage else {
        Issue.record("expected dense rows")
        return
      }
      #expect(x == y)
      try expectSame(plain.without(1), filed.without(1))
    }
  }

  @Test func damagedRowsOnDiskAreATypedError() throws {
    let material = try Material()
    let filed = try material.encode(try material.cache(memoryLimit: 0))
    for shelf in FeatureCache.shelves(in: material.folder.file("features")) {
      let file = try FileHandle(forUpdating: URL(filePath: shelf.path))
      try file.truncate(atOffset: 400)
    }
    #expect(throws: CacheError.damaged) { try filed.tables([39]) }
    // The next session cuts the torn end off and writes it again.
    let again = try material.encode(try material.cache(memoryLimit: 0))
    try expectSame(again, try material.encode(nil))
  }

  @Test func theFolderTellsWhatItHoldsAndIsCleared() throws {
    let material = try Material()
    _ = try material.encode(try material.cache())
    let folder = material.folder.file("features")
    let shelves = FeatureCache.shelves(in: folder)
    #expect(Set(shelves.map(\.encoder)) == ["vector", "bag-of-words"])
    #expect(shelves.allSatisfy { $0.bytes > 1000 && $0.features > 3 && $0.lastUsed > 0 })
    let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
    #expect(mode as? Int == 0o700)
    #expect(FeatureCache.clear(folder) >= shelves.reduce(0) { $0 + $1.bytes })
    #expect(FeatureCache.shelves(in: folder).isEmpty)
    #expect(try material.encode(try material.cache()).reusedRows == 0)
  }

  @Test func aboveItsLimitWhatWasUsedLongestAgoGoes() throws {
    let material = try Material()
    _ = try material.encode(try material.cache())
    let folder = material.folder.file("features")
    let shelves = FeatureCache.shelves(in: folder)
    let old = try #require(shelves.last)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: old.path)
    let limit = shelves.reduce(0) { $0 + $1.bytes } - 1
    _ = try FeatureCache(folder: folder, origin: "test", limit: limit)
    #expect(FeatureCache.shelves(in: folder).map(\.path) == shelves.dropLast().map(\.path))
  }

  @Test func anInputThatCannotBeReadNamesItsSample() throws {
    let material = try Material()
    try FileManager.default.removeItem(atPath: material.folder.file("13.txt"))
    for cache in [nil, try material.cache()] {
      let error = #expect(throws: FusionError.self) { try material.encode(cache) }
      #expect(error?.code == "file-missing")
      #expect(error?.message.contains("sample s13, text") == true)
    }
  }
}
