/// Where command lines come from: a person at a terminal, a pipe, a script, an argument.
protocol LineSource {
  /// The next line, waiting for it where necessary.
  func nextLine() -> LineEvent
}

enum LineEvent: Equatable, Sendable {
  /// One line without its line ending.
  case line(String)
  /// Ctrl-C: what was typed is gone, the session goes on.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the input.
  case end
}

/// Lines of a text at hand: a script that is already in memory.
final class TextLines: LineSource {
  private var remaining: ArraySlice<Substring>

  init(_ text: String) {
    // Split on the scalar: "\r\n" is one Character in Swift and would not match "\n".
    remaining =
      text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Substring($0.last == "\r" ? $0.dropLast() : $0) }[...]
    if remaining.last?.isEmpty == true { remaining.removeLast() }
  }

  func nextLine() -> LineEvent {
    guard let line = remaining.popFirst() else { return .end }
    return .line(String(line))
  }
}
