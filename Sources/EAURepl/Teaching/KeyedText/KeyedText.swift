/// A text for people and programs: `key: value` lines, as lessons and the glossary are written.
///
/// - An indented line goes on with the value above it; a blank line between makes a paragraph.
/// - A line indented by four blanks or more stays a line of its own: formulas, commands.
/// - `#` at the beginning of a line starts a comment.
struct KeyedText: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let key: String
    var value: String
    /// From 1.
    let line: Int
  }

  private(set) var entries: [Entry] = []

  /// - Throws: for a line that is neither of these, naming it.
  init(_ text: String) throws(KeyedTextError) {
    var pendingBreak = false
    for (index, line) in Self.lines(of: text).enumerated() {
      let content = Self.trimmed(line)
      if content.isEmpty {
        pendingBreak = true
      } else if line.first == "#" {
        continue
      } else if line.first == " " || line.first == "\t" {
        try goOn(line, content, paragraph: pendingBreak, number: index + 1)
        pendingBreak = false
      } else {
        entries.append(try Self.entry(line, number: index + 1))
        pendingBreak = false
      }
    }
  }

  /// Split at the key that begins a new record; entries before the first are the head.
  func records(startingAt key: String) -> (head: [Entry], records: [[Entry]]) {
    var head: [Entry] = []
    var records: [[Entry]] = []
    for entry in entries {
      if entry.key == key {
        records.append([entry])
      } else if records.isEmpty {
        head.append(entry)
      } else {
        records[records.count - 1].append(entry)
      }
    }
    return (head, records)
  }

  private mutating func goOn(
    _ line: String, _ content: String, paragraph: Bool, number: Int
  ) throws(KeyedTextError) {
    guard let last = entries.indices.last else {
      throw KeyedTextError(number, "an indented line stands before any `key: value`")
    }
    let stays = line.hasPrefix("    ") || line.hasPrefix("\t")
    let value = entries[last].value
    let isBehindKept = value.split(separator: "\n").last?.hasPrefix("  ") ?? false
    let separator = value.isEmpty ? "" : paragraph || stays || isBehindKept ? "\n" : " "
    entries[last].value += separator + (stays ? "  " : "") + content
  }

  private static func entry(_ line: String, number: Int) throws(KeyedTextError) -> Entry {
    guard let colon = line.firstIndex(of: ":") else {
      throw KeyedTextError(
        number, "expected `key: value` or an indented line, found \"\(printable(line))\"")
    }
    let key = String(line[..<colon])
    guard !key.isEmpty, key.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
      throw KeyedTextError(
        number, "expected a key in small letters before the colon, found \"\(printable(key))\"")
    }
    return Entry(
      key: key, value: trimmed(String(line[line.index(after: colon)...])), line: number)
  }

  private static func lines(of text: String) -> [String] {
    var scalars = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    // A file from elsewhere ends its lines in two signs.
    for index in scalars.indices where scalars[index].last == "\r" { scalars[index].removeLast() }
    return scalars.map { String($0) }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}

/// A line that cannot be read; whoever reads the file says which file.
struct KeyedTextError: Error, Equatable {
  let line: Int
  let message: String

  init(_ line: Int, _ message: String) {
    self.line = line
    self.message = message
  }
}
