import Foundation
import ModalityKit
import Testing

@Suite struct RawInputTests {
  private func temporary(_ name: String) -> String {
    NSTemporaryDirectory() + "eau-\(UUID().uuidString)-\(name)"
  }

  @Test func readsFilesBytesTextAndDeferred() throws {
    let path = temporary("a.bin")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
    #expect(try RawInput.file(path: path).bytes(limit: 3) == [1, 2, 3])
    #expect(try RawInput.bytes([4], name: "x").bytes(limit: 1) == [4])
    #expect(try RawInput.text("é").bytes(limit: 9) == [0xC3, 0xA9])
    #expect(try RawInput.deferred(name: "d") { [7] }.bytes(limit: 1) == [7])
  }

  @Test func blocksAreTheContent() throws {
    let content = (0..<100).map { UInt8($0) }
    let path = temporary("c.bin")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(content).write(to: URL(fileURLWithPath: path))
    let text = String(decoding: content, as: UTF8.self)
    let inputs: [RawInput] = [
      .file(path: path), .bytes(content, name: "x"), .deferred(name: "d") { content }, .text(text),
    ]
    for input in inputs {
      for size in [1, 7, 50, 100, 1000] {
        var blocks: [[UInt8]] = []
        try input.forEachBlock(limit: 100, blockSize: size) { block in
          block.withUnsafeBufferPointer { blocks.append(Array($0)) }
        }
        #expect(blocks.flatMap { $0 } == content)
        #expect(blocks.dropLast().allSatisfy { $0.count == size }, "\(input.name) by \(size)")
      }
      var blocks = 0
      #expect(throws: EncoderError.self) {
        try input.forEachBlock(limit: 99) { _ in blocks += 1 }
      }
      #expect(blocks == 0, "measured before it is read")
    }
    try RawInput.text("").forEachBlock(limit: 1) { _ in Issue.record("an empty text has a block") }
  }

  @Test func anErrorEndsTheReading() {
    var blocks = 0
    #expect(throws: EncoderError(.damaged, "a", hint: "b")) {
      try RawInput.text("abc").forEachBlock(limit: 9, blockSize: 1) { _ throws(EncoderError) in
        blocks += 1
        throw EncoderError(.damaged, "a", hint: "b")
      }
    }
    #expect(blocks == 1)
  }

  @Test func refusals() throws {
    func kind(_ raw: RawInput, limit: Int = 10) -> EncoderError.Kind? {
      do {
        _ = try raw.bytes(limit: limit)
        return nil
      } catch {
        return error.kind
      }
    }
    let path = temporary("b.bin")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(repeating: 0, count: 11).write(to: URL(fileURLWithPath: path))
    let pipe = temporary("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    #expect(kind(.file(path: path)) == .tooLarge)
    #expect(kind(.file(path: path + ".gone")) == .fileMissing)
    #expect(kind(.file(path: NSTemporaryDirectory())) == .notAFile)
    // A pipe named as a picture must not block the session.
    #expect(kind(.file(path: pipe)) == .notAFile)
    #expect(kind(.bytes([1, 2], name: "x"), limit: 1) == .tooLarge)
    #expect(kind(.numbers([1])) == .wrongInput)
  }

  @Test func sparseAndDenseRows() {
    var row = FeatureRow()
    row.startSparse()
    row.append(2, at: 1)
    row.append(3, at: 4)
    #expect(row.dense(count: 5) == [0, 2, 0, 0, 3])
    row.setSparse([(column: 0, value: 0.5), (column: 3, value: -1)])
    #expect(row.dense(count: 5) == [0.5, 0, 0, -1, 0])
    row.startDense(capacity: 2)
    row.append(1)
    #expect(row.indices == nil)
    #expect(row.values == [1])
  }
}
