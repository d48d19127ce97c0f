import Foundation
import ModalityKit
import TeachingTexts

/// Where lessons come from: those of the program, in their order, and files.
enum LessonShelf {
  /// - Throws: `bad-lesson`, if one of the program's own were not in order.
  static func all() throws -> [Lesson] {
    try TeachingTexts.lessons.map {
      try LessonReader(source: $0.name).lesson($0.text)
    }
  }

  /// By number from 1, by name, or from a file.
  static func find(_ word: String) throws -> Lesson {
    let lessons = try all()
    if let number = Int(word), lessons.indices.contains(number - 1) { return lessons[number - 1] }
    if let lesson = lessons.first(where: { $0.name == word }) { return lesson }
    let names = lessons.map(\.name)
    guard word.contains("/") || word.contains(".") || FileManager.default.fileExists(atPath: word)
    else { throw CommandError.unknown("lesson", word, among: names) }
    let bytes = try RawInput.file(path: word).bytes(limit: 1 << 20)
    guard let text = String(validatingUTF8Bytes: bytes) else {
      throw CommandError(
        "bad-lesson", "\(printable(word)) is no UTF-8 text",
        hint: "docs/lessons/writing-a-lesson.md shows how lessons are written")
    }
    return try LessonReader(source: word).lesson(text)
  }
}

extension String {
  /// nil for bytes that are no UTF-8.
  init?(validatingUTF8Bytes bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self = text
  }
}
