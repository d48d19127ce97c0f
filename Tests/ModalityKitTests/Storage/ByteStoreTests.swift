import Foundation
import SeededRandom
import Testing

@testable import ModalityKit

@Suite("byte store") struct ByteStoreTests {
  /// What is read is what was written, wherever it lies.
  @Test(arguments: [0, 100, 1 << 20, 1 << 30])
  func whatIsReadWasWritten(memoryLimit: Int) throws {
    var generator = SeededGenerator(seed: 1, stream: 2)
    let store = ByteStore(memoryLimit: memoryLimit)
    var all: [UInt8] = []
    for _ in 0..<300 {
      let piece = (0..<generator.index(below: 20_000)).map { _ in
        UInt8(generator.index(below: 256))
      }
      #expect(try store.append(piece[...]) == all.count)
      all += piece
    }
    #expect(store.count == all.count)
    for _ in 0..<300 {
      let start = generator.index(below: all.count)
      let end = start + generator.index(below: all.count - start + 1)
      #expect(store.withBytes(start..<end) { $0.elementsEqual(all[start..<end]) })
    }
  }

  @Test func littleStaysInMemory() throws {
    let store = ByteStore(memoryLimit: 1 << 20)
    let piece = [UInt8](repeating: 1, count: 1000)
    for _ in 0..<1000 { try store.append(piece[...]) }
    #expect(store.resident == 1_000_000)
    for _ in 0..<20_000 { try store.append(piece[...]) }
    #expect(store.count == 21_000_000 && store.resident <= 1 << 20)
  }

  @Test func numbersAndTextsAtAnyAddress() throws {
    for memoryLimit in [0, 1 << 20] {
      let store = ByteStore(memoryLimit: memoryLimit)
      try store.append("é")
      let start = try store.append([1.5, -2])
      let whole = try store.append([Int32(7)])
      #expect(store.withBytes(start..<start + 16) { [Double](bytes: $0) } == [1.5, -2])
      #expect(store.withBytes(whole..<whole + 4) { [Int32](bytes: $0) } == [7])
      #expect(store.withBytes(0..<2) { String(decoding: $0, as: UTF8.self) } == "é")
      #expect(store.withBytes(1..<1) { $0.isEmpty })
    }
  }

  @Test func aFolderThatTakesNothingIsNamed() throws {
    let store = ByteStore(memoryLimit: 10, folder: "/nowhere")
    try store.append([UInt8](repeating: 0, count: 10)[...])
    let error = #expect(throws: ScratchError.self) { try store.append([0, 1]) }
    #expect(error?.code == "no-scratch-space")
    #expect(error?.message.contains("/nowhere: no such file") == true)
    #expect(error?.hint.contains("TMPDIR") == true)
  }

  @Test func nothingIsLeftInTheFolder() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/scratch-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stores = (0..<3).map { _ in ByteStore(memoryLimit: 0, folder: folder) }
    for store in stores { try store.append("here") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    #expect(stores.allSatisfy { $0.resident == 0 && $0.withBytes(0..<4) { $0.count } == 4 })
  }
}

@Suite("samples in columns") struct DatasetSamplesTests {
  private let listed = [
    Dataset.Sample(id: "ä", label: 1, split: .test, inputs: [.text("one"), nil]),
    Dataset.Sample(
      id: "", label: 0, value: 2.5, split: .train, inputs: [nil, .numbers([1, 2])],
      trueNoise: [0.5, 0.25]),
  ]

  private func dataset() -> Dataset {
    Dataset(name: "x", modalities: ["text", "age"], classes: ["a", "b"], samples: listed)
  }

  @Test func samplesComeBackAsTheyWere() throws {
    let samples = dataset().samples
    #expect(samples.count == 2)
    for (sample, original) in zip(samples, listed) { #expect("\(sample)" == "\(original)") }
    #expect(dataset().indices(of: .train) == [1] && dataset().indices(of: .validation) == [])
    #expect(samples.inputs[0].isPresent(0) && !samples.inputs[0].isPresent(1))
    let other = samples.with(splits: [.train, .validation])
    #expect(other.map(\.split) == [.train, .validation] && other.map(\.id) == ["ä", ""])
    let less = samples.without(0)
    #expect("\(less[1].inputs)" == "\([RawInput?.some(.numbers([1, 2]))])")
    #expect(less[1].trueNoise == [0.25] && less[0].inputs.count == 1)
  }

  @Test func packedInputsAreMadeWhenAskedFor() throws {
    let bytes = ByteStore(memoryLimit: 4)
    var packed = PackedInputs(bytes, folder: "/data")
    let text = try bytes.append("a text")
    let path = try bytes.append("a.png")
    let far = try bytes.append("/b.png")
    let numbers = try bytes.append([0.25, 3])
    packed.append(.text, text..<text + 6)
    packed.append(.path, path..<path + 5)
    packed.append(.path, far..<far + 6)
    packed.append(.missing, 0..<0)
    packed.append(.numbers, numbers..<numbers + 16)
    let inputs = RawInputs(packed)
    let expected: [RawInput?] = [
      .text("a text"), .file(path: "/data/a.png"), .file(path: "/b.png"), nil, .numbers([0.25, 3]),
    ]
    #expect("\(Array(inputs))" == "\(expected)")
    #expect(inputs.indices.map { inputs.isFile($0) } == [false, true, true, false, false])
    #expect(inputs.indices.map { inputs.isPresent($0) } == [true, true, true, false, true])
  }
}
