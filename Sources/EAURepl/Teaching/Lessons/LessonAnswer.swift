import Foundation

/// What a learner types as an answer: numbers and arithmetic, words, one of several choices.
enum LessonAnswer {
  /// - Throws: for as many values as are not asked for, and for what cannot be read.
  static func values(
    _ words: [String], for question: LessonStep.Question
  ) throws -> [ExpressionValue] {
    if !question.choices.isEmpty { return [.word(try choice(words, question.choices))] }
    // An answer of several words is one answer where one is asked for.
    let parts = question.answers.count == 1 ? [words.joined(separator: " ")] : words
    guard parts.count == question.answers.count, !words.isEmpty else {
      throw CommandError(
        "usage", "expected \(question.answers.count) answers, found \(words.count)",
        hint: "lesson answer"
          + String(repeating: " VALUE", count: min(question.answers.count, 8)))
    }
    return try parts.map(value)
  }

  /// A number, a calculation with numbers, or a word.
  private static func value(_ text: String) throws -> ExpressionValue {
    let context = ExpressionContext(functions: ArithmeticFunctions.all)
    do {
      return try Expression(text, functions: ArithmeticFunctions.all).value(in: context)
    } catch let error as ExpressionError {
      // Letters alone are a word, whatever the arithmetic says of them.
      if text.contains(where: \.isLetter), !text.contains(where: { "()+*/^".contains($0) }) {
        return .word(text)
      }
      if let written = pointed(text) {
        throw CommandError(
          "bad-value", "the answer \"\(printable(text))\" cannot be read",
          hint: "write it as \(written): a point before the decimals, and no % sign")
      }
      throw CommandError(
        "bad-value", "the answer \"\(printable(text))\" cannot be read: \(error.message)",
        hint: "a number, a word, or a calculation such as 'exp(1/0.6)'")
    }
  }

  /// `0,5` and `50%` as this program reads numbers; nil for anything else.
  private static func pointed(_ text: String) -> String? {
    let isPercent = text.hasSuffix("%")
    let digits = String(isPercent ? text.dropLast() : text[...]).split(separator: " ").joined()
      .replacingOccurrences(of: ",", with: ".").replacingOccurrences(of: "−", with: "-")
    guard let number = Double(digits), number.isFinite else { return nil }
    return String(format: "%.10g", isPercent ? number / 100 : number)
  }

  private static func choice(_ words: [String], _ choices: [String]) throws -> String {
    let text = words.joined(separator: " ")
    if let number = Int(text), choices.indices.contains(number - 1) { return choices[number - 1] }
    let same = choices.filter { $0.lowercased() == text.lowercased() }
    let beginning = choices.filter { $0.lowercased().hasPrefix(text.lowercased()) }
    if let found = same.first { return found }
    if !text.isEmpty, beginning.count == 1 { return beginning[0] }
    throw CommandError(
      "bad-value", "\"\(printable(text))\" is none of the choices",
      hint: "choose one by its number, 1…\(choices.count), or by its words")
  }

  /// Whether an answer is what it should be.
  static func agree(
    _ given: ExpressionValue, _ right: ExpressionValue, _ tolerance: LessonStep.Tolerance
  ) -> Bool {
    switch (given, right) {
    case (.number(let a), .number(let b)): tolerance.accepts(a, for: b)
    case (.truth(let a), .truth(let b)): a == b
    case (.word(let a), .word(let b)): a.lowercased() == b.lowercased()
    default: false
    }
  }
}
