import SeededRandom
import Testing

@testable import EAURepl

@Suite("tokenizer")
struct TokenizerTests {
  private func texts(_ text: String) throws -> [[String]] {
    try Tokenizer.statements(in: text).map { $0.words.map(\.text) }
  }

  @Test func splitsStatementsAndWords() throws {
    #expect(
      try texts("open demo; train --seed 3") == [["open", "demo"], ["train", "--seed", "3"]])
    #expect(try texts("  ;; \t;\n\n;") == [])
    #expect(try texts("a;b") == [["a"], ["b"]])
    #expect(try texts("a\u{A0}b\u{3000}c") == [["a", "b", "c"]])
    #expect(try texts("a\r\nb\r\n") == [["a"], ["b"]])
  }

  @Test func countsLines() throws {
    let statements = try Tokenizer.statements(in: "a; b\n\n# c\nd 'e'  ;f", firstLine: 10)
    #expect(statements.map(\.line) == [10, 10, 13, 13])
    #expect(statements.map(\.source) == ["a", "b", "d 'e'", "f"])
  }

  @Test func commentsBeginAtAWordsBeginning() throws {
    #expect(try texts("a # b ; c\nd") == [["a"], ["d"]])
    #expect(try texts("a#b #c") == [["a#b"]])
    #expect(try texts("'#a' \"#b\"") == [["#a", "#b"]])
    #expect(try texts("a;#b") == [["a"]])
  }

  @Test func quotes() throws {
    #expect(try texts(#"'a b' "c;d" e'f'"g"h"#) == [["a b", "c;d", "efgh"]])
    #expect(try texts(#"'a\n' "a\nb\t\"\\\u{1F600}""#) == [[#"a\n"#, "a\nb\t\"\\😀"]])
    #expect(try texts(#"'' """#) == [["", ""]])
    #expect(try texts(#"C:\x "it's" 'say "x"'"#) == [[#"C:\x"#, "it's", #"say "x""#]])
  }

  @Test func remembersWhatWasQuoted() throws {
    let words = try #require(try Tokenizer.statements(in: #"a 'b' c="d e" "f=g""#).first?.words)
    #expect(words.map(\.quoted) == [false, true, true, true])
    #expect(words.map(\.plainPrefix) == [1, 0, 2, 0])
  }

  @Test(
    "errors say where",
    arguments: [
      ("a 'b", LanguageError.Kind.unterminatedQuote, 1, 3),
      ("ok\nsay \"x", .unterminatedQuote, 2, 5),
      ("'a\nb'", .unterminatedQuote, 1, 1),
      (#"a "b\q""#, .unknownEscape, 1, 5),
      (#""\u{110000}""#, .unknownEscape, 1, 2),
      (#""\u{}""#, .unknownEscape, 1, 2),
      (#""\u41""#, .unknownEscape, 1, 2),
      (#""a\"#, .unknownEscape, 1, 3),
    ])
  func errors(_ text: String, _ kind: LanguageError.Kind, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: LanguageError.self) { try Tokenizer.statements(in: text) }
    #expect(error.kind == kind)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(!error.hint.isEmpty)
  }

  @Test func refusesEndlessLines() throws {
    let text = "ok\n" + String(repeating: "a", count: Tokenizer.longestText + 1)
    let error = try #require(throws: LanguageError.self) { try Tokenizer.statements(in: text) }
    #expect(error.kind == .lineTooLong)
    #expect(error.line == 2)
    let longest = String(repeating: "a", count: Tokenizer.longestText)
    #expect(try texts(longest).first?.first?.utf8.count == Tokenizer.longestText)
    // Many lines of ordinary length are a long script, not a long line.
    #expect(try texts(String(repeating: "train x\n", count: 200_000)).count == 200_000)
  }

  @Test func survivesAnyBytes() {
    var random = SeededGenerator(seed: 21)
    let alphabet = Array(#"ab'"\;# "#.utf8) + [0x0A, 0x0D, 0x00, 0xFF, 0xC3, 0xA9, 0x7B, 0x75]
    for round in 0..<3000 {
      let bytes = (0..<random.index(below: 40)).map { _ in
        round % 2 == 0
          ? UInt8(truncatingIfNeeded: random.next()) : alphabet[random.index(below: alphabet.count)]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let statements = try? Tokenizer.statements(in: text) else { continue }
      #expect(statements.allSatisfy { !$0.words.isEmpty })
      #expect(statements.map(\.line) == statements.map(\.line).sorted())
    }
  }

  @Test func everyTextCanBeQuoted() throws {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<300 {
      let text = randomText(&random)
      let quoted = text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
      let words = try Tokenizer.statements(in: "say \"\(quoted)\"").first?.words
      #expect(words?.last?.text.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }
  }
}
