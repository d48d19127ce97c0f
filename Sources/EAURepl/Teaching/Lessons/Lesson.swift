/// A guided lesson: steps with something to read, to do, or to answer. Read from a text file, so
/// that a teacher can write one; `LessonReader` says how.
struct Lesson: Equatable, Sendable {
  /// One word, by which it is begun.
  let name: String
  let title: String
  /// One line for the list.
  let about: String
  /// What is said when the last step is done.
  let end: LessonText
  let steps: [LessonStep]
}

struct LessonStep: Equatable, Sendable {
  /// Where it begins in the file, from 1.
  let line: Int
  let title: String
  let text: LessonText
  /// Commands to type, in their order.
  let commands: [String]
  /// What must hold before the step is judged.
  let needs: [Need]
  /// Fulfilled by what the learner does with the ordinary commands.
  let check: Expression?
  let question: Question?
  /// From gentle to plain.
  let hints: [LessonText]
  /// Said when the step is done.
  let right: LessonText?
  /// Values kept for later steps, when the step is done.
  let remembered: [(name: String, expression: Expression)]

  /// Something to read and no more: `lesson next` goes on.
  var isReading: Bool { check == nil && question == nil }

  /// Names in all that is asked, shown or kept; those that earlier steps remember are needed.
  var names: Set<String> {
    var names = text.names + hints.flatMap(\.names) + (check?.names ?? [])
    names += needs.flatMap { $0.condition.names } + remembered.flatMap { $0.expression.names }
    names += (question?.text.names ?? []) + (question?.answers.flatMap(\.names) ?? [])
    return Set(names)
  }

  struct Need: Equatable, Sendable {
    let condition: Expression
    /// What to do where it does not hold.
    let text: LessonText
  }

  struct Question: Equatable, Sendable {
    let text: LessonText
    /// Of a choice, one of these; else empty.
    let choices: [String]
    /// One, or several to be given in this order.
    let answers: [Expression]
    let tolerance: Tolerance
    /// Wrong answers that have a name: what the learner gave, and what it shows.
    let mistakes: [Mistake]
  }

  struct Mistake: Equatable, Sendable {
    let answer: Expression
    let text: LessonText
  }

  /// How near a number must be.
  enum Tolerance: Equatable, Sendable {
    /// Of the right answer's size.
    case share(Double)
    case absolute(Double)

    static let ordinary = Tolerance.share(0.02)

    func accepts(_ given: Double, for right: Double) -> Bool {
      guard given.isFinite, right.isFinite else { return false }
      return switch self {
      case .share(let share): abs(given - right) <= share * abs(right) + 1e-12
      case .absolute(let distance): abs(given - right) <= distance + 1e-12
      }
    }

    /// `within 2 %`
    var text: String {
      switch self {
      case .share(0), .absolute(0): "exactly"
      case .share(let share): "within \(NumberText.short(share * 100)) %"
      case .absolute(let distance): "within \(NumberText.short(distance))"
      }
    }
  }

  static func == (left: LessonStep, right: LessonStep) -> Bool {
    left.line == right.line && left.title == right.title && left.text == right.text
      && left.commands == right.commands && left.needs == right.needs && left.check == right.check
      && left.question == right.question && left.hints == right.hints && left.right == right.right
      && left.remembered.elementsEqual(right.remembered) {
        $0.name == $1.name && $0.expression == $1.expression
      }
  }
}
