import Foundation
import Testing

@testable import EAURepl

@Suite("lines that nobody edits")
struct LineSourceTests {
  /// All lines that come out of a pipe into which the bytes go.
  private func lines(_ bytes: [UInt8]) -> [String] {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    // More than a pipe holds must be written while it is read.
    let thread = Thread {
      try? writer.write(contentsOf: Data(bytes))
      try? writer.close()
    }
    thread.start()
    let source = PipedLines(descriptor: pipe.fileHandleForReading.fileDescriptor)
    var lines: [String] = []
    while case .line(let line) = source.nextLine() { lines.append(line) }
    #expect(source.nextLine() == .end)
    return lines
  }

  @Test func splitsAtNewlines() {
    #expect(lines(Array("open demo\ntrain\n".utf8)) == ["open demo", "train"])
    #expect(lines(Array("a\n\nb".utf8)) == ["a", "", "b"])
    #expect(lines([]) == [])
    #expect(lines(Array("\n".utf8)) == [""])
  }

  @Test func acceptsForeignLineEndsAndMarks() {
    #expect(lines(Array("\u{FEFF}a\r\nb\r\n\u{FEFF}c\rd\n".utf8)) == ["a", "b", "\u{FEFF}c\rd"])
  }

  @Test func keepsDamagedText() {
    #expect(lines([0x61, 0xFF, 0x0A, 0x62, 0x00, 0x63]) == ["a\u{FFFD}", "b\u{0}c"])
  }

  @Test func longLines() throws {
    let longest = [UInt8](repeating: 0x61, count: PipedLines.longestLine)
    let found = lines(longest + [0x0D, 0x0A] + longest + longest + [0x0A] + Array("ok\n".utf8))
    #expect(found.count == 3)
    #expect(found[0].utf8.count == longest.count)
    #expect(found[1].utf8.count == longest.count + 1)
    #expect(throws: Never.self) { try Tokenizer.statements(in: found[0]) }
    #expect(throws: LanguageError.self) { try Tokenizer.statements(in: found[1]) }
    #expect(found[2] == "ok")
  }

  @Test func linesOfAText() {
    func all(_ text: String) -> [String] {
      let source = TextLines(text)
      var lines: [String] = []
      while case .line(let line) = source.nextLine() { lines.append(line) }
      return lines
    }
    #expect(all("a\r\nb\n\nc") == ["a", "b", "", "c"])
    #expect(all("a\n") == ["a"])
    #expect(all("") == [])
  }
}
