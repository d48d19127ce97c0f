import Testing

@testable import EAURepl

@Suite("display width")
struct DisplayWidthTests {
  @Test(
    "cells of known texts",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ｱ", 1), ("Ａ", 2),
      ("😀", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤", 1), ("❤️", 2), ("한글", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{200D}", 0), ("עברית", 5), ("▕█▏", 3), ("α → σ²", 6),
      ("a\u{300}\u{301}\u{302}", 1), ("、", 2), ("…", 1), ("⚡", 2), ("☀", 1), ("क्षि", 2),
    ])
  func knownTexts(_ text: String, _ width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func cutsAtWholeCharacters() {
    #expect(truncated("abcdef", to: 6) == "abcdef")
    #expect(truncated("abcdef", to: 5) == "abcd…")
    #expect(truncated("日本語", to: 5) == "日本…")
    // The third cell is half of 本, which cannot be cut.
    #expect(truncated("日本語", to: 4) == "日…")
    #expect(truncated("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
    #expect(truncated("abc", to: 1) == "a")
    #expect(truncated("abc", to: 0) == "")
    #expect(truncated("abcdef", to: 5, ellipsis: "...") == "ab...")
  }

  @Test func padsByCells() {
    #expect("日".leftPadded(to: 4) == "  日")
    #expect("日".rightPadded(to: 4) == "日  ")
    #expect("日".centred(in: 5) == " 日  ")
    #expect("long".leftPadded(to: 2) == "long")
  }

  @Test func wrapsAtBlanks() {
    #expect(wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(wrapped("  one two three", to: 9) == ["  one two", "  three"])
    #expect(wrapped("abcdefgh", to: 3) == ["abc", "def", "gh"])
    #expect(wrapped("日本語", to: 4) == ["日本", "語"])
    // No room for even one character: still every character once.
    #expect(wrapped("日本", to: 1).joined().contains("日"))
    #expect(wrapped("", to: 5) == [""])
  }
}
