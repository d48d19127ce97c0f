/// What lies beside the session's state and is not undone with it: how answers are written, what was
/// typed, the last result, the running transcript, the open lesson.
struct Desk {
  struct Entry: Equatable {
    let command: String
    let succeeded: Bool
  }

  var mode = OutputMode.table
  /// What was typed, oldest first.
  private(set) var entries: [Entry] = []
  /// The last result that `last` shows and writes.
  var last: (command: String, report: Report)?
  var transcript: Transcript?
  /// The lesson at hand, and the names of those that were gone through.
  var lesson: OpenLesson?
  var finishedLessons: [String] = []
  /// Whether anything was answered yet.
  var hasAnswered = false
  /// How many `source` and `replay` are running within each other.
  var depth = 0

  static let longestHistory = 100_000

  mutating func log(_ command: String, succeeded: Bool) {
    entries.append(Entry(command: command, succeeded: succeeded))
    if entries.count > Self.longestHistory { entries.removeFirst(Self.longestHistory / 10) }
  }
}
