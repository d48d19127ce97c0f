extension Desk {
  /// The lesson as the learner left it. One whose file was changed since is another one.
  func left(_ lesson: Lesson) -> OpenLesson? { leftLessons.last { $0.lesson == lesson } }

  mutating func forget(_ lesson: Lesson) {
    leftLessons.removeAll { $0.lesson.name == lesson.name }
  }

  /// Puts the open lesson where `lesson NAME` finds it again, or among those that are done.
  mutating func leaveLesson() {
    guard let open = lesson else { return }
    lesson = nil
    forget(open.lesson)
    if !open.isSolved {
      leftLessons.append(open)
    } else if !finishedLessons.contains(open.lesson.name) {
      finishedLessons.append(open.lesson.name)
    }
  }
}
