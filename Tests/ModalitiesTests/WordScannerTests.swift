import Foundation
import Modalities
import ModalityKit
import Testing

@Suite struct WordScannerTests {
  private func words(
    _ text: String, _ options: KeyValuePairs<String, String> = [:]
  ) throws
    -> [String]
  {
    try BagOfWordsEncoder.configured(options).decode(.text(text)).tokens
  }

  @Test func scikitLearnRuleMatchesItsPattern() throws {
    let rule: KeyValuePairs = ["tokens": "scikit-learn", "minimumLength": "2"]
    #expect(
      try words("It's 3 o'clock, SNAKE_case x1!", rule) == ["it", "clock", "snake_case", "x1"])
    #expect(try words("多模态 融合", rule) == ["多模态", "融合"])
    // Python's \w has no combining marks; ½ and Roman numerals are numeric.
    #expect(try words("हिन्दी", rule) == [])
    #expect(try words("½½ ⅣⅣ", rule) == ["½½", "ⅳⅳ"])
    #expect(try words("ΟΔΟΣ ΣΟΦΟΣ.", rule) == ["οδος", "σοφος"])
    #expect(try words("İİ", rule) == [])
  }

  @Test func unicodeRuleKeepsMarksAndSplitsScriptsWithoutSpaces() throws {
    #expect(try words("हिन्दी है") == ["हिन्दी", "है"])
    #expect(try words("多模态 fusion です") == ["多", "模", "态", "fusion", "で", "す"])
    #expect(try words("I ❤ 🍕🍕, café") == ["i", "🍕", "🍕", "café"])
    #expect(try words("cafe\u{301}") == ["caf\u{e9}"])
    #expect(try words("한국어 문장") == ["한국어", "문장"])
    #expect(try words("a b", ["minimumLength": "2"]) == [])
    #expect(try words("字", ["minimumLength": "2"]) == ["字"])
  }

  @Test func nothingGivesNoWords() throws {
    #expect(try words("") == [])
    #expect(try words(" \n\t…—!") == [])
  }

  @Test func filesAreDecodedWhateverTheirEncoding() throws {
    let encoder = try BagOfWordsEncoder.configured()
    func decode(_ bytes: [UInt8]) throws -> TokenizedText {
      try encoder.decode(.bytes(bytes, name: "note.txt"))
    }
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array("Été".utf8)).tokens == ["été"])
    #expect(try decode([0xFF, 0xFE, 0x48, 0, 0xE9, 0]).tokens == ["hé"])
    #expect(try decode([0xFE, 0xFF, 0, 0x48, 0, 0xE9]).tokens == ["hé"])
    #expect(
      try decode(Array("good ".utf8) + [0xC3, 0x28] + Array(" day".utf8)).tokens == ["good", "day"])
    #expect(try decode([]).tokens == [])
    #expect(errorKind { _ = try decode([0x89, 0x50, 0, 0]) } == .wrongFormat)
    #expect(errorKind { _ = try encoder.decode(.numbers([1])) } == .wrongInput)
  }

  @Test func filesOfMoreThan128MiBAreRefused() throws {
    let path = NSTemporaryDirectory() + "eau-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    // A hole in the file takes no room on the disk.
    #expect(truncate(path, (128 << 20) + 1) == 0)
    let encoder = try BagOfWordsEncoder.configured()
    #expect(errorKind { _ = try encoder.decode(.file(path: path)) } == .tooLarge)
  }
}
