/// Reads a lesson from `key: value` lines (`KeyedText`); docs/lessons/writing-a-lesson.md shows how
/// to write one. Everything is checked before the lesson begins: keys, expressions, choices.
struct LessonReader {
  /// Words that `lesson` itself understands.
  static let reserved = [
    "next", "hint", "check", "answer", "show", "skip", "back", "stop",
  ]

  private static let headKeys = ["lesson", "title", "about", "end"]
  private static let stepKeys = [
    "step", "text", "do", "needs", "check", "question", "choices", "answer", "tolerance", "mistake",
    "hint",
    "right", "remember",
  ]

  /// How the file is called in messages.
  let source: String

  /// - Throws: `bad-lesson`, naming the line.
  func lesson(_ text: String) throws(CommandError) -> Lesson {
    let keyed: KeyedText
    do throws(KeyedTextError) {
      keyed = try KeyedText(text)
    } catch {
      throw refusal(error.line, error.message)
    }
    let (head, records) = keyed.records(startingAt: "step")
    try checkKeys(head, among: Self.headKeys, once: Self.headKeys)
    let name = try required("lesson", in: head).value
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }),
      !Self.reserved.contains(name)
    else {
      throw refusal(
        try required("lesson", in: head).line,
        "a lesson's name is one word in small letters, and none of "
          + Self.reserved.joined(separator: ", "))
    }
    guard !records.isEmpty else { throw refusal(head.last?.line ?? 1, "the lesson has no `step:`") }
    var steps: [LessonStep] = []
    for record in records { steps.append(try step(record)) }
    let end = head.first { $0.key == "end" }
    return Lesson(
      name: name, title: try required("title", in: head).value,
      about: head.first { $0.key == "about" }?.value ?? "",
      end: try optionalWords(end) ?? LessonText(plain: "That was the last step."), steps: steps)
  }

  // MARK: A step

  private func step(_ entries: [KeyedText.Entry]) throws(CommandError) -> LessonStep {
    try checkKeys(
      entries, among: Self.stepKeys,
      once: ["step", "text", "check", "question", "choices", "answer", "tolerance", "right"])
    let first = try required("step", in: entries)
    let check = try only("check", entries).map { entry throws(CommandError) in
      try expression(entry, entry.value)
    }
    let question = try self.question(entries)
    if check != nil, let question = only("question", entries), !question.value.isEmpty {
      throw refusal(question.line, "a step has a `check:` or a `question:`, not both")
    }
    var remembered: [(name: String, expression: Expression)] = []
    for entry in entries where entry.key == "remember" { remembered.append(try memory(entry)) }
    var needs: [LessonStep.Need] = []
    for entry in entries where entry.key == "needs" {
      let (condition, text) = try pair(entry, "CONDITION -> what to do first")
      needs.append(LessonStep.Need(condition: condition, text: text))
    }
    if check == nil, question == nil, let entry = only("needs", entries) {
      throw refusal(entry.line, "`needs:` belongs to a `check:` or a `question:`")
    }
    var hints: [LessonText] = []
    for entry in entries where entry.key == "hint" { hints.append(try words(entry)) }
    if check != nil || question != nil, hints.isEmpty {
      throw refusal(first.line, "the step asks for something and has no `hint:`")
    }
    return LessonStep(
      line: first.line, title: first.value, text: try words(required("text", in: entries)),
      commands: entries.filter { $0.key == "do" }.map(\.value), needs: needs, check: check,
      question: question, hints: hints, right: try optionalWords(only("right", entries)),
      remembered: remembered)
  }

  private func question(
    _ entries: [KeyedText.Entry]
  ) throws(CommandError) -> LessonStep.Question? {
    guard let asked = only("question", entries) else {
      for key in ["choices", "answer", "tolerance", "mistake"] {
        if let entry = entries.first(where: { $0.key == key }) {
          throw refusal(
            entry.line, "`\(key):` belongs to a `question:`, which the step does not have")
        }
      }
      return nil
    }
    let answer = try required("answer", in: entries)
    var answers: [Expression] = []
    for part in answer.value.split(separator: ";", omittingEmptySubsequences: false) {
      answers.append(try expression(answer, String(part)))
    }
    let choices = only("choices", entries).map(Self.list) ?? []
    if let entry = only("choices", entries), choices.count < 2 || choices.contains("") {
      throw refusal(entry.line, "expected two choices or more, separated by |")
    }
    if !choices.isEmpty, answers.count > 1 {
      throw refusal(answer.line, "a question with choices has one answer")
    }
    // A word that stands there is checked now; what is computed shows itself in the session.
    if !choices.isEmpty, case .text(let word)? = answers.first, !choices.contains(word) {
      throw refusal(answer.line, "\"\(printable(word))\" is none of the choices")
    }
    var mistakes: [LessonStep.Mistake] = []
    for entry in entries where entry.key == "mistake" { mistakes.append(try mistake(entry)) }
    return LessonStep.Question(
      text: try words(asked), choices: choices, answers: answers,
      tolerance: try only("tolerance", entries).map { entry throws(CommandError) in
        try tolerance(entry)
      } ?? .ordinary, mistakes: mistakes)
  }

  /// `2%`, or the distance itself.
  private func tolerance(_ entry: KeyedText.Entry) throws(CommandError) -> LessonStep.Tolerance {
    let isShare = entry.value.hasSuffix("%")
    let digits = isShare ? String(entry.value.dropLast()) : entry.value
    let blanks = digits.split(separator: " ").joined()
    guard let number = Double(blanks), number.isFinite, number >= 0 else {
      throw refusal(entry.line, "expected a tolerance such as 2% or 0.01, found \"\(entry.value)\"")
    }
    return isShare ? .share(number / 100) : .absolute(number)
  }

  private func mistake(_ entry: KeyedText.Entry) throws(CommandError) -> LessonStep.Mistake {
    let (answer, text) = try pair(entry, "ANSWER -> what it shows")
    return LessonStep.Mistake(answer: answer, text: text)
  }

  /// `EXPRESSION -> words`
  private func pair(
    _ entry: KeyedText.Entry, _ form: String
  ) throws(CommandError) -> (Expression, LessonText) {
    guard let arrow = entry.value.range(of: "->") else {
      throw refusal(entry.line, "expected `\(entry.key): \(form)`")
    }
    return (
      try expression(entry, String(entry.value[..<arrow.lowerBound])),
      try words(entry, String(entry.value[arrow.upperBound...].drop { $0 == " " }))
    )
  }

  /// `NAME = EXPRESSION`
  private func memory(
    _ entry: KeyedText.Entry
  ) throws(CommandError) -> (name: String, expression: Expression) {
    guard let sign = entry.value.firstIndex(of: "=") else {
      throw refusal(entry.line, "expected `remember: NAME = EXPRESSION`")
    }
    let name = entry.value[..<sign].split(separator: " ").joined()
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F }) else {
      throw refusal(entry.line, "a name to remember has small letters and _ only")
    }
    return (name, try expression(entry, String(entry.value[entry.value.index(after: sign)...])))
  }

  // MARK: Entries

  private static func list(_ entry: KeyedText.Entry) -> [String] {
    entry.value.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  private func only(_ key: String, _ entries: [KeyedText.Entry]) -> KeyedText.Entry? {
    entries.first { $0.key == key }
  }

  private func required(
    _ key: String, in entries: [KeyedText.Entry]
  ) throws(CommandError) -> KeyedText.Entry {
    guard let found = only(key, entries), !found.value.isEmpty else {
      let line = only(key, entries)?.line ?? entries.first?.line ?? 1
      throw refusal(line, "`\(key):` is missing or empty")
    }
    return found
  }

  private func checkKeys(
    _ entries: [KeyedText.Entry], among known: [String], once: [String]
  ) throws(CommandError) {
    for (index, entry) in entries.enumerated() {
      guard known.contains(entry.key) else {
        let near = didYouMean(entry.key, among: known).map { "; did you mean `\($0):`?" } ?? ""
        throw refusal(
          entry.line, "`\(entry.key):` is not expected here\(near)",
          hint: "keys here: \(known.joined(separator: ", "))")
      }
      if once.contains(entry.key), entries[..<index].contains(where: { $0.key == entry.key }) {
        throw refusal(entry.line, "`\(entry.key):` is given twice")
      }
    }
  }

  private func expression(
    _ entry: KeyedText.Entry, _ text: String
  ) throws(CommandError) -> Expression {
    do throws(ExpressionError) {
      return try Expression(text, functions: SessionFunctions.all)
    } catch {
      throw refusal(entry.line, "`\(entry.key):` \(error.message)")
    }
  }

  private func optionalWords(_ entry: KeyedText.Entry?) throws(CommandError) -> LessonText? {
    guard let entry else { return nil }
    return try words(entry)
  }

  private func words(
    _ entry: KeyedText.Entry, _ text: String? = nil
  ) throws(CommandError) -> LessonText {
    do throws(ExpressionError) {
      return try LessonText(text ?? entry.value)
    } catch {
      throw refusal(entry.line, "`\(entry.key):` \(error.message)")
    }
  }

  private func refusal(
    _ line: Int, _ message: String,
    hint: String = "docs/lessons/writing-a-lesson.md shows how lessons are written"
  ) -> CommandError {
    CommandError("bad-lesson", "\(source) line \(line): \(message)", hint: hint)
  }
}
