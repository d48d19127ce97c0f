import Foundation
import ModalityKit
import Testing

@testable import Modalities

/// Words of scripts that write them in other ways than English, under the default rule.
@Suite struct ScriptTests {
  private func words(_ text: String, _ options: [String] = []) throws -> [String] {
    try BagOfWordsEncoder.typed(options).decode(.text(text)).tokens
  }

  private func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

  @Test(arguments: [
    // Thai: no spaces; vowels above and below, and tone marks, belong to the word.
    ("ภาษาไทย น้ำ กี่", ["ภาษาไทย", "น้ำ", "กี่"]),
    // Arabic with its short vowels and a lengthened line; its comma and full stop.
    ("مُحَمَّدٌ، كـتاب.", ["مُحَمَّدٌ", "كـتاب"]),
    // Hebrew with points and its own hyphen.
    ("שָׁלוֹם בֵּית־סֵפֶר", ["שָׁלוֹם", "בֵּית", "סֵפֶר"]),
    // Right to left and left to right in one line, with the marks that say so.
    ("\u{202B}שלום hello 123\u{202C} عالم", ["שלום", "hello", "123", "عالم"]),
    ("हिन्दी में लिखा। क्षत्रिय", ["हिन्दी", "में", "लिखा", "क्षत्रिय"]),
    ("தமிழ் எழுத்து", ["தமிழ்", "எழுத்து"]),
    ("한국어 문장을 씁니다.", ["한국어", "문장을", "씁니다"]),
    ("多模态融合です", ["多", "模", "态", "融", "合", "で", "す"]),
    // A family is three people that joiners hold together; a flag is two letters.
    ("👨‍👩‍👧 ok 👍🏽!", ["👨", "👩", "👧", "ok", "👍"]),
    ("Straße STRASSE ẞ", ["straße", "strasse", "ß"]),
    ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", ["ὀδυσσεύς", "οδυσσευς"]),
    ("Ћирилица Ёлка", ["ћирилица", "ёлка"]),
    ("Việt Nam tiếng", ["việt", "nam", "tiếng"]),
    ("አማርኛ ქართული հայերեն", ["አማርኛ", "ქართული", "հայերեն"]),
  ])
  func wordsOfAScript(text: String, want: [String]) throws {
    #expect(bytes(try words(text)) == bytes(want))
    // Decomposed letters are composed.
    #expect(bytes(try words(text.decomposedStringWithCanonicalMapping)) == bytes(want))
  }

  /// Unicode's own lower case knows no language: I is i and İ is i with a dot above, in Turkish
  /// texts too; ı stays what it is.
  @Test func turkishLettersAreLoweredAsEverywhere() throws {
    #expect(bytes(try words("IŞIK ışık")) == bytes(["işik", "ışık"]))
    #expect(bytes(try words("İstanbul")) == bytes(["i\u{307}stanbul"]))
    #expect(bytes(try words("İstanbul ışık", ["accents=strip"])) == bytes(["istanbul", "ısık"]))
  }

  /// The same words from a file, whatever its encoding and however it is read.
  @Test func encodingsAgree() throws {
    let text = "น้ำ مُحَمَّد שָׁלוֹם हिन्दी 한국어 👩‍👩‍👧 ΟΔΟΣ 𝒳𝒴 𠮷 straße"
    let analyzer = TextAnalyzer(
      rule: .unicode, minimumLength: 1, accents: .keep, stopWords: .none, stemming: .none,
      ngrams: 1)
    let want = try analyzer.decode(.text(text))
    let units = [0xFEFF] + Array(text.utf16)
    let files = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
      units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
    ]
    for (index, file) in files.enumerated() {
      for size in [1, 2, 3, 5, 7, 64, 1 << 18] {
        let found = try analyzer.decode(.bytes(file, name: "a.txt"), blockSize: size)
        #expect(found == want, "\(index) by \(size)")
      }
    }
  }
}
