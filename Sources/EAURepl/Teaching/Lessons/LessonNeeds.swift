extension OpenLesson {
  /// What the learner must do before the open step can be judged; nil where nothing is missing.
  ///
  /// A value that an earlier step would have remembered is needed by all who name it; then the
  /// step's own `needs:` in their order. What the session cannot say does not hold.
  func unmetNeed(_ context: ExpressionContext) -> String? {
    let names = step.names
    for (number, earlier) in lesson.steps.prefix(index).enumerated() {
      for memory in earlier.remembered where names.contains(memory.name) {
        if remembered.contains(where: { $0.name == memory.name }) { continue }
        return "This step needs `\(memory.name)`, which step \(number + 1), \(earlier.title), "
          + "remembers: do that one first."
      }
    }
    let missing = step.needs.first { need in
      (try? need.condition.value(in: context).truth("needs")) != true
    }
    return missing?.text.filled(in: context)
  }

  /// The refusal of an answer that cannot be judged yet: not counted as wrong.
  func refusal(_ need: String) -> CommandError {
    CommandError(
      "needs-first", need,
      hint: index == 0
        ? "`lesson show` shows the step again" : "`lesson back` goes one step back")
  }
}
