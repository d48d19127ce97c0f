import SeededRandom
import Testing

@testable import EAURepl

@Suite("printable text")
struct SanitizeTests {
  @Test func controlsBecomePictures() {
    #expect(printable("a\u{1B}[31mb\u{7}\u{0}\u{7F}\n\t") == "a␛[31mb␇␀␡␊␉")
    #expect(printable("a\u{1B}b\n", unicode: false) == #"a\u{1b}b\u{a}"#)
    #expect(printable("x\u{9B}31m") == #"x\u{9b}31m"#)
    #expect(printable("\u{202E}\u{2066}\u{200F}\u{2028}") == #"\u{202e}\u{2066}\u{200f}\u{2028}"#)
    #expect(printable("\r\n") == "␍␊")
  }

  @Test func lettersOfAllScriptsStay() {
    for text in ["plain", "é", "日本語", "العربية", "👨‍👩‍👧", "क्षि", "a\u{200C}b", "\u{A0}"] {
      #expect(printable(text) == text)
    }
  }

  @Test func noControlCharacterIsLeft() {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<2000 {
      let text = randomText(&random)
      for unicode in [true, false] {
        let safe = printable(text, unicode: unicode)
        #expect(!safe.unicodeScalars.contains { $0.properties.generalCategory == .control })
        #expect(!safe.unicodeScalars.contains { $0.properties.isBidiControl })
        #expect(printable(safe, unicode: unicode) == safe)
      }
    }
  }
}
