extension Session {
  /// Tries the open lesson's step after a command that went well, and says in its report when the
  /// step is done. Does nothing without a lesson.
  mutating func followLesson(_ words: [String], _ report: inout Report) {
    guard var open = desk.lesson, words.first != LessonCommand.name else { return }
    let done = ExpressionContext.Done(words: words, result: report.result)
    guard open.tryCheck(self, after: done) else { return }
    desk.lesson = open
    // Apart from what the command itself has said; a chart keeps its distance by itself.
    if case .text = report.blocks.last { report.blocks.append(.text("")) }
    report.blocks += LessonView.praise(open, self)
    report.result = report.result.with("lesson", LessonView.json(open, self))
  }
}

extension JSONValue {
  /// An object with one more member; anything else as it is.
  func with(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [(key, value)])
  }
}
