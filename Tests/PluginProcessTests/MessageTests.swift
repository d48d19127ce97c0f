import Foundation
import ModalityKit
import Testing

@testable import PluginProcess

@Suite("messages of the line protocol")
struct MessageTests {
  @Test func aMessageMayArriveInAnyPieces() throws {
    var answer = Answer(count: 3)
    answer.bytes = 12
    let payload: [UInt8] = Array("abc\n{}\ndefg\n".utf8)
    let bytes = MessageBuffer.encode(answer) + payload + MessageBuffer.encode(Answer())
    for size in 1...bytes.count {
      var buffer = MessageBuffer()
      var lines: [Int?] = []
      var found: [UInt8]?
      for start in stride(from: 0, to: bytes.count, by: size) {
        bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { buffer.append($0) }
        if lines.isEmpty, let line = try buffer.line() {
          lines.append(try MessageBuffer.decode(Answer.self, line).count)
        }
        if lines.count == 1, found == nil { found = try buffer.payload(12) }
        if found != nil, lines.count == 1, let line = try buffer.line() {
          lines.append(try MessageBuffer.decode(Answer.self, line).count)
        }
      }
      #expect(lines == [3, nil] && found == payload, "in pieces of \(size)")
    }
  }

  @Test func whatIsNoMessageIsRefused() {
    var buffer = MessageBuffer()
    [UInt8](repeating: 120, count: MessageBuffer.lineLimit + 1).withUnsafeBytes {
      buffer.append($0)
    }
    #expect(throws: MessageBuffer.Fault.lineTooLong) { try buffer.line() }
    #expect(throws: MessageBuffer.Fault.payloadTooLong(-1)) { try buffer.payload(-1) }
    #expect(throws: MessageBuffer.Fault.payloadTooLong(.max)) { try buffer.payload(.max) }
    #expect(throws: MessageBuffer.Fault.notJSON("hello")) {
      try MessageBuffer.decode(Answer.self, Array("hello".utf8)[...])
    }
    #expect(throws: MessageBuffer.Fault.notJSON("[1]")) {
      try MessageBuffer.decode(Answer.self, Array("[1]".utf8)[...])
    }
  }

  @Test func everyPreviewComesThrough() throws {
    let previews: [Preview] = [
      Preview(.pixels(width: 2, height: 1, rgb: [1, 2, 3, 4, 5, 6]), caption: "two"),
      Preview(.wave(samples: [0.5, -0.25], sampleRate: 16000), caption: "", warnings: ["short"]),
      Preview(.tokens(["a\nb", "\"", "ü"]), caption: "words"),
      Preview(.numbers([1.5, -1e300]), caption: "numbers"),
      Preview(
        .grid(
          Preview.Grid(
            rows: 1, columns: 2, values: [3, 4], vertical: ("top", "bottom"),
            horizontal: ("left", "right"), unit: "dB")), caption: "grid"),
      Preview(
        .directions(Preview.Directions(rows: 1, columns: 1, directions: 2, strengths: [0, 9])),
        caption: "directions"),
    ]
    for preview in previews {
      let (line, payload) = PreviewLine.framed(preview)
      let sent = try JSONDecoder().decode(PreviewLine.self, from: try JSONEncoder().encode(line))
      let found = try #require(sent.preview(payload))
      #expect("\(found)" == "\(preview)")
      if !payload.isEmpty { #expect(sent.preview(Array(payload.dropLast())) == nil) }
    }
  }

  @Test(arguments: [
    (Int.max, Int.max), (-1, 2), (1 << 40, 0), (3_037_000_500, 3_037_000_500),
  ])
  func extentsThatNoPictureHasAreRefused(width: Int, height: Int) {
    var line = PreviewLine(kind: .pixels)
    (line.width, line.height) = (width, height)
    #expect(line.preview([]) == nil)
    line.kind = .grid
    (line.rows, line.columns) = (width, height)
    #expect(line.preview([0]) == nil)
  }
}
