import TeachingTexts

/// What `help TERM` knows: the words of the method, of the encoders and of judging a model.
struct Glossary: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let term: String
    /// Other words for it.
    let aliases: [String]
    /// Two to four sentences.
    let text: String
    /// In signs of mathematics; nil for what has none.
    let formula: String?
    /// Commands to try, then other terms.
    let commands: [String]
    let seeAlso: [String]
  }

  /// By name, without regard to case.
  let entries: [Entry]

  /// The program's own.
  /// - Throws: `bad-glossary`, if its file were not in order.
  init() throws(CommandError) {
    self = try Glossary(TeachingTexts.glossary.text)
  }

  /// - Throws: `bad-glossary`, naming the line.
  init(_ text: String) throws(CommandError) {
    func refusal(_ line: Int, _ message: String) -> CommandError {
      CommandError(
        "bad-glossary", "glossary line \(line): \(message)",
        hint: "an entry has `term:`, `is:`, and may have `also:`, `formula:`, `try:`, `see:`")
    }
    do throws(KeyedTextError) {
      let (head, records) = try KeyedText(text).records(startingAt: "term")
      if let stray = head.first { throw KeyedTextError(stray.line, "expected `term:` first") }
      var entries: [Entry] = []
      for record in records { entries.append(try Self.entry(record)) }
      self.entries = entries.sorted { $0.term.lowercased() < $1.term.lowercased() }
    } catch {
      throw refusal(error.line, error.message)
    }
  }

  private static func entry(_ record: [KeyedText.Entry]) throws(KeyedTextError) -> Entry {
    let known = ["term", "also", "is", "formula", "try", "see"]
    if let stray = record.first(where: { !known.contains($0.key) }) {
      throw KeyedTextError(stray.line, "`\(stray.key):` is not expected here")
    }
    func value(_ key: String) -> String? { record.first { $0.key == key }?.value }
    func list(_ key: String) -> [String] {
      (value(key) ?? "").split(separator: ",").map {
        $0.split(separator: " ").joined(separator: " ")
      }
    }
    guard let term = value("term"), !term.isEmpty, let text = value("is"), !text.isEmpty else {
      throw KeyedTextError(record.first?.line ?? 1, "`term:` or `is:` is missing or empty")
    }
    return Entry(
      term: term, aliases: list("also"), text: text, formula: value("formula"),
      commands: list("try"), seeAlso: list("see"))
  }

  /// Every word that is understood.
  var words: [String] { entries.flatMap { [$0.term] + $0.aliases } }

  func entry(_ word: String) -> Entry? {
    let lower = word.lowercased()
    return entries.first { entry in
      entry.term.lowercased() == lower || entry.aliases.contains { $0.lowercased() == lower }
    }
  }
}

extension Glossary {
  /// - Throws: `unknown-topic` for what is neither a command nor a term.
  func report(_ topic: String) throws(CommandError) -> Report {
    guard let entry = entry(topic) else {
      let near = didYouMean(topic, among: Commands.all.map { $0.name } + words)
      throw CommandError(
        "unknown-topic", "nothing is known of \"\(printable(topic))\"",
        hint: near.map { "did you mean `help \($0)`?" }
          ?? "`help` lists the commands; terms are \(entries.map(\.term).joined(separator: ", "))")
    }
    return entry.report
  }
}

extension Glossary.Entry {
  var report: Report {
    var blocks: [Block] = [
      .heading(term + (aliases.isEmpty ? "" : " (\(aliases.joined(separator: ", ")))"))
    ]
    if let formula { blocks.append(.text(formula)) }
    blocks.append(.text(text))
    if !commands.isEmpty {
      blocks.append(.text("try: \(commands.joined(separator: ", "))"))
    }
    if !seeAlso.isEmpty { blocks.append(.text("see also: \(seeAlso.joined(separator: ", "))")) }
    return Report(
      blocks: blocks,
      result: .object([
        ("term", .string(term)), ("aliases", JSONValue(aliases)), ("formula", JSONValue(formula)),
        ("text", .string(text)), ("try", JSONValue(commands)), ("seeAlso", JSONValue(seeAlso)),
      ]))
  }
}
