/// What TAB offers: commands, then whatever the command takes at that place.
struct Completer {
  let session: Session

  /// - Parameter cursor: a byte offset into the line's UTF-8.
  func complete(_ line: String, cursor: Int) -> Completion {
    let before = String(decoding: Array(line.utf8).prefix(cursor), as: UTF8.self)
    guard let unfinished = Tokenizer.unfinished(before) else { return Completion([]) }
    let all = candidates(after: unfinished.words, unfinished.current)
      .filter { $0.hasPrefix(unfinished.current) }
    let shown = Self.few(all).map { written($0, quote: unfinished.quote) }
    return Completion(shown, start: unfinished.start, more: all.count - shown.count)
  }

  private func candidates(after words: [Word], _ current: String) -> [String] {
    guard let verb = words.first?.text else {
      return Commands.all.map { $0.name } + session.desk.aliases.all.map(\.name)
    }
    guard let command = Commands.named(verb) else { return [] }
    let place = CompletionPlace(
      session: session, command: command, words: Array(words.dropFirst()), current: current)
    return command.candidates(at: place)
  }

  /// Of very many the first, and the first and last of the alphabet: what all have in common these
  /// have, too.
  private static func few(_ all: [String]) -> [String] {
    let most = 200
    guard all.count > most, let least = all.min(), let greatest = all.max() else { return all }
    let first = all.prefix(most)
    return first + [least, greatest].filter { !first.contains($0) }
  }

  /// In quotes where it needs them, or where one was begun. What may go on has no closing one.
  private func written(_ candidate: String, quote: Unicode.Scalar?) -> String {
    var text = Word.written(candidate)
    // `--option` and `name=value` are written as they are: quoted they would mean something else.
    if quote == nil, candidate.hasPrefix("--") || isSetting(candidate) { text = candidate }
    if let quote, text == candidate { text = "\(quote)\(text)\(quote)" }
    let isOpen = candidate.hasSuffix("/") && text != candidate
    return isOpen ? String(text.dropLast()) : text
  }

  /// Whether it begins with the name of something that commands or encoders take as `name=`.
  private func isSetting(_ candidate: String) -> Bool {
    guard let end = candidate.firstIndex(of: "=") else { return false }
    let name = String(candidate[..<end])
    let known = Commands.all.flatMap { $0.parameters }.filter { $0.form == .setting }.map(\.name)
    let encoders = session.core.encoderTypes.flatMap { $0.descriptor.parameters.map(\.name) }
    return known.contains(name) || encoders.contains(name)
  }
}
