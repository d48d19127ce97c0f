/// Lines put together from those that end in a backslash, which is no part of them.
final class LogicalLines: LineSource {
  private let source: any LineSource
  /// Of the last line's first part, from 1.
  private(set) var number = 0
  private var read = 0

  init(_ source: some LineSource) { self.source = source }

  func nextLine() -> LineEvent {
    number = read + 1
    var whole = ""
    while true {
      let event = source.nextLine()
      guard case .line(let line) = event else {
        return event == .end && !whole.isEmpty ? .line(whole) : event
      }
      read += 1
      guard line.utf8.last == UInt8(ascii: "\\"), whole.utf8.count <= Tokenizer.longestText else {
        return .line(whole + line)
      }
      whole += line.dropLast()
    }
  }
}
