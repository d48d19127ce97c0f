/// One command: its words, and the line it begins on.
struct Statement: Equatable, Sendable {
  /// At least one: the verb, then its arguments.
  var words: [Word]
  /// From 1.
  var line: Int
  /// The statement as it was written, without blanks around it; for transcripts and messages.
  var source: String

  init(words: [Word], line: Int, source: String = "") {
    self.words = words
    self.line = line
    self.source = source
  }
}

/// One word of a statement, its quotes taken off.
struct Word: Equatable, Sendable {
  var text: String
  /// Whether any part of it stood in quotes.
  var quoted: Bool
  /// How many Unicode scalars stand before the first quote: only there do `--` and `=` mean
  /// something, so that `title="a=b"` is a setting and `"title=a"` is a text.
  var plainPrefix: Int

  init(_ text: String, quoted: Bool = false) {
    self.text = text
    self.quoted = quoted
    plainPrefix = quoted ? 0 : text.unicodeScalars.count
  }

  init(_ text: String, plainPrefix: Int) {
    self.text = text
    quoted = true
    self.plainPrefix = plainPrefix
  }
}

extension Word {
  /// The text as one writes it: in quotes where it needs them.
  static func written(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      !scalar.properties.isWhitespace && !";'\"#=".unicodeScalars.contains(scalar)
    }
    if plain && !text.isEmpty && !text.hasPrefix("--") { return text }
    if !text.contains("'") && !text.unicodeScalars.contains(where: steersTerminal) {
      return "'\(text)'"
    }
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": written += "\\\(scalar)"
      case "\n": written += "\\n"
      case "\t": written += "\\t"
      case "\r": written += "\\r"
      case _ where steersTerminal(scalar): written += "\\u{\(String(scalar.value, radix: 16))}"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }
}
