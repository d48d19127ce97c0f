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
    row.startDense(capacity: 2)
    row.append(1)
    #expect(row.indices == nil)
    #expect(row.values == [1])
  }
}
