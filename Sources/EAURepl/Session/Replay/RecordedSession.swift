/// What a transcript, or the console blocks of a Markdown document, say was typed and answered.
struct RecordedSession: Equatable {
  struct Exchange: Equatable {
    let command: String
    /// Of the file, from 1.
    let line: Int
    /// Empty where none was recorded: then any answer but a failure is right.
    var answer: [String]
  }

  /// Each begins a session of its own.
  var parts: [[Exchange]] = []
  /// Of the transcript's first line.
  var seed: UInt64?

  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// A document with fenced blocks has one part for each `console` block; anything else is one part.
  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }
    let isDocument = lines.contains { $0.hasPrefix("```") }
    var current: [Exchange] = []
    var isInside = !isDocument
    func endPart() {
      if !current.isEmpty { parts.append(current) }
      current = []
    }
    for (number, line) in lines.enumerated() {
      if isDocument, line.hasPrefix("```") {
        endPart()
        isInside = !isInside && line == "```console"
        continue
      }
      guard isInside else { continue }
      if line.hasPrefix(Transcript.prompt) {
        let command = String(line.dropFirst(Transcript.prompt.count))
        current.append(Exchange(command: command, line: number + 1, answer: []))
      } else if !current.isEmpty, !line.hasPrefix("# \(Version.name) ") {
        current[current.count - 1].answer.append(line)
      } else if let word = line.split(separator: " ").last, line.hasPrefix("# \(Version.name) ") {
        seed = UInt64(word)
      }
    }
    endPart()
  }
}
