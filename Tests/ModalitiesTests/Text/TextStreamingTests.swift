import Foundation
import ModalityKit
import SeededRandom
import Testing

@testable import Modalities

/// A text read in blocks has the words of the text read as a whole, wherever the blocks end.
@Suite struct TextStreamingTests {
  /// Scalars that any step may join with their neighbours, and some that none does.
  static let pieces: [String] = [
    "a", "B", "z", "_", "7", " ", "\n", "\t", ".", "'", ":", "-", "\u{A0}", "\u{3000}", "é", "É",
    "İ", "ı", "ß", "ẞ", "ﬁ", "Å", "\u{212B}", "Σ", "Σ", "σ", "ς", "Ω", "\u{301}", "\u{307}",
    "\u{323}", "\u{345}", "\u{5BC}", "\u{93C}", "\u{AD}", "\u{200D}", "\u{FE0F}", "Ж", "ж", "ъ",
    "字", "\u{F900}", "か", "\u{3099}", "한", "\u{1100}", "\u{1161}", "\u{11A8}", "가", "ก", "ำ",
    "\u{E34}", "\u{E48}", "ك", "\u{64E}", "\u{651}", "ש", "ह", "ि", "\u{94D}", "\u{9C7}", "\u{9BE}",
    "½", "Ⅳ", "🍕", "👩", "\u{1F3FD}", "𝒳", "\u{1D15E}", "\u{16D63}", "\u{16D67}", "\u{FFFD}",
  ]

  /// The rules one after the other on the whole text.
  static func reference(_ text: String, _ rule: WordRule, _ accents: AccentRule) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    let normalized = TextNormalizer(rule: rule, accents: accents).normalized(text)
    for scalar in normalized.unicodeScalars {
      switch rule.findRole(of: scalar) {
      case .letter: word += Array(String(scalar).utf8)
      case .mark where !word.isEmpty: word += Array(String(scalar).utf8)
      case let role:
        if !word.isEmpty { words.append(word) }
        word = []
        if role == .wordByItself { words.append(Array(String(scalar).utf8)) }
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func analyzer(
    _ rule: WordRule, _ accents: AccentRule, _ source: CharacterSource = .words
  ) -> TextAnalyzer {
    TextAnalyzer(
      rule: rule, minimumLength: 1, accents: accents, stopWords: .none, stemming: .none, ngrams: 1,
      source: source, lengths: 3...3)
  }

  private static func text(_ generator: inout SeededGenerator, blanks: Bool) -> String {
    let pieces = blanks ? pieces : pieces.filter { !" \n\t".contains($0) }
    // Some texts of few different pieces, so that rare neighbours meet.
    let chosen = (0..<(2 + generator.index(below: pieces.count))).map { _ in
      pieces[generator.index(below: pieces.count)]
    }
    return (0..<generator.index(below: 60)).map { _ in chosen[generator.index(below: chosen.count)]
    }
    .joined()
  }

  @Test(arguments: [WordRule.unicode, .scikitLearn], [AccentRule.keep, .strip])
  func blocksDoNotMatter(rule: WordRule, accents: AccentRule) throws {
    var generator = SeededGenerator(seed: 11)
    let analyzer = Self.analyzer(rule, accents)
    for round in 0..<1500 {
      let text = Self.text(&generator, blanks: round % 3 > 0)
      let want = Self.reference(text, rule, accents)
      for size in [1 + generator.index(below: 8), 1 + generator.index(below: 40), 1 << 18] {
        let found = try analyzer.decode(
          .bytes(Array("\u{FEFF}\(text)".utf8), name: "a.txt"), blockSize: size)
        #expect(found.tokens.map { Array($0.utf8) } == want, "\(text.debugDescription) by \(size)")
      }
    }
  }

  @Test func brokenBytesAreRepairedAsInTheWholeText() throws {
    var generator = SeededGenerator(seed: 12)
    let analyzer = Self.analyzer(.unicode, .keep)
    for _ in 0..<1500 {
      var bytes = Array("ab é字\u{1F355}Σ x\u{301}éé字字".utf8)
      for _ in 0..<4 {
        bytes[generator.index(below: bytes.count)] = UInt8(1 + generator.index(below: 255))
      }
      guard bytes[0] < 0x80 else { continue }
      let want = Self.reference(String(decoding: bytes, as: UTF8.self), .unicode, .keep)
      for size in [1 + generator.index(below: 6), 1 << 18] {
        let found = try analyzer.decode(.bytes(bytes, name: "a.txt"), blockSize: size)
        #expect(found.tokens.map { Array($0.utf8) } == want, "\(bytes) by \(size)")
      }
    }
  }

  @Test(arguments: [true, false])
  func utf16IsCutAnywhere(littleEndian: Bool) throws {
    let text = "Été 🍕👩‍🍳 字Σ ΟΔΟΣ 𝒳\u{0}y"
    let units = [0xFEFF] + Array(text.utf16) + [0xD83C]  // half a pair at the end
    let bytes = units.flatMap { unit in
      littleEndian
        ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let analyzer = Self.analyzer(.unicode, .keep)
    for size in 1...bytes.count {
      for odd in [[], [UInt8(0x41)]] {
        let found = try analyzer.decode(.bytes(bytes + odd, name: "a.txt"), blockSize: size)
        #expect(found.tokens == ["été", "🍕", "👩", "🍳", "字", "σ", "οδος", "𝒳", "y"], "\(size)")
      }
    }
  }

  @Test func binaryFilesAreRefusedWhereverTheNULIs() {
    let analyzer = Self.analyzer(.unicode, .keep)
    let bytes = Array("some words ".utf8) + [0, 1, 2]
    for size in 1...bytes.count {
      let kind = errorKind {
        _ = try analyzer.decode(.bytes(bytes, name: "a.bin"), blockSize: size)
      }
      #expect(kind == .wrongFormat, "\(size)")
    }
  }

  @Test func theTextForCharactersIsTheSameInBlocks() throws {
    var generator = SeededGenerator(seed: 13)
    let analyzer = Self.analyzer(.unicode, .keep, .text)
    for _ in 0..<500 {
      let text = Self.text(&generator, blanks: true)
      let whole = try analyzer.decode(.text(text))
      let size = 1 + generator.index(below: 12)
      #expect(
        try analyzer.decode(.text(text), blockSize: size) == whole, "\(text.debugDescription)")
    }
    #expect(try analyzer.decode(.text("A \n\u{3000} B\tc")).text == "a b\tc")
    // Without character n-grams of the text, the text is its words.
    #expect(try Self.analyzer(.unicode, .keep).decode(.text("A, b!")).text == "a b")
  }

  /// Words longer than a block, and a megabyte of combining marks on one letter.
  @Test func wordsLongerThanABlockStayWhole() throws {
    let analyzer = Self.analyzer(.unicode, .keep)
    for letter in ["x", "Ж", "한", "ก"] {
      let word = String(repeating: letter, count: 5000)
      let signal = try analyzer.decode(.text("one \(word)-two"), blockSize: 512)
      #expect(signal.tokens == ["one", word.lowercased(), "two"])
    }
    let marked = "e" + String(repeating: "\u{301}", count: 600_000)
    #expect(try analyzer.decode(.text("a \(marked) b")).count == 3)
  }

  /// 24 MB, of which no more than a few are in memory at once.
  @Test func largeFilesAreRead() throws {
    let path = NSTemporaryDirectory() + "eau-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let line = "The quick brown fox, the naïve dog. "
    let text = String(repeating: line, count: 24_000_000 / line.utf8.count)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let encoder = try BagOfWordsEncoder.typed(["weighting=counts", "norm=none"])
    let signal = try encoder.decode(.file(path: path))
    #expect(signal.count == 7 * (24_000_000 / line.utf8.count))
    #expect(signal.words.count == 6)
    #expect(signal == (try encoder.decode(.text(text))))
    let state = try encoder.fit([signal])
    let once = encoder.weights(try encoder.decode(.text(line)), state).prefix(6).map(\.value)
    let often = encoder.weights(signal, state).prefix(6).map(\.value)
    #expect(often == once.map { $0 * Double(signal.count / 7) })
  }

  /// Where `ScalarTable` takes a scalar for one that lowering alone normalises, it is.
  @Test func plainScalarsAreNormalizedByLowering() throws {
    let normalizer = TextNormalizer(rule: .unicode, accents: .keep)
    var checked = 0
    for value in UInt32(0x80)...0xFFFF {
      guard let scalar = Unicode.Scalar(value), let entry = ScalarTable.shared[scalar],
        entry.isPlain
      else { continue }
      checked += 1
      let lowered = try #require(Unicode.Scalar(UInt32(entry.lowered)))
      let text = "a\(scalar)e"
      let want = "a\(lowered)e"
      #expect(Array(normalizer.normalized(text).utf8) == Array(want.utf8), "\(value)")
    }
    #expect(checked > 60_000)
  }
}
