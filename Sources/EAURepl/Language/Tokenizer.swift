/// Cuts a text into statements and words.
///
/// - Statements end at `;` or at the end of a line; words at white space.
/// - `#` at the beginning of a word starts a comment that runs to the end of the line.
/// - In `'…'` every character stands for itself. In `"…"` a backslash escapes: `\"`, `\\`, `\n`,
///   `\t`, `\r`, `\u{1F600}`. A quoted part may touch an unquoted one: `name="a b"` is one word.
/// - A quote ends on the line it began on.
/// - Outside quotes a backslash is a backslash.
struct Tokenizer {
  /// In bytes of UTF-8. No command needs more; a longer one is binary data in the wrong place.
  static let longestText = 1 << 20

  /// - Parameters:
  ///   - text: one line or a whole script.
  ///   - firstLine: the number of the text's first line.
  /// - Throws: `unterminated-quote`, `unknown-escape`, `line-too-long`.
  static func statements(in text: String, firstLine: Int = 1) throws(LanguageError) -> [Statement] {
    var tokenizer = Tokenizer(scalars: Array(text.unicodeScalars), line: firstLine)
    try tokenizer.checkLengths(text)
    while try tokenizer.readNext() {}
    return tokenizer.statements
  }

  /// The statement that a text leaves unfinished: for completion, where a quote may still be open.
  /// - Returns: the words that are whole, the one the text ends in (empty after a blank), and the
  ///   byte of the UTF-8 at which it begins; nil in a comment.
  static func unfinished(
    _ text: String
  ) -> (words: [Word], current: String, start: Int, quote: Unicode.Scalar?)? {
    var tokenizer = Tokenizer(scalars: Array(text.unicodeScalars), line: 1)
    tokenizer.isUnfinished = true
    do {
      while tokenizer.position < tokenizer.scalars.count { _ = try tokenizer.readNext() }
    } catch { return nil }
    if tokenizer.endsInComment { return nil }
    let touches = tokenizer.wordEnd == tokenizer.scalars.count && !tokenizer.words.isEmpty
    let start = touches ? tokenizer.wordStart : tokenizer.scalars.count
    let bytes = tokenizer.scalars[..<start].reduce(0) { $0 + UTF8.width($1) }
    let current = touches ? tokenizer.words.removeLast().text : ""
    return (tokenizer.words, current, bytes, touches ? tokenizer.openQuote : nil)
  }

  enum Continuation { case backslash, quote }

  /// How a line says that the next one belongs to it; nil when it is whole.
  static func continuation(of line: String) -> Continuation? {
    if line.utf8.last == UInt8(ascii: "\\") { return .backslash }
    return unfinished(line)?.quote == nil ? nil : .quote
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  /// Whether an open quote at the end is no error.
  private var isUnfinished = false
  private var openQuote: Unicode.Scalar?
  private var endsInComment = false
  /// Of the last word read.
  private var wordStart = 0
  private var wordEnd = -1
  private var line: Int
  private var lineStart = 0
  private var statements: [Statement] = []
  private var words: [Word] = []
  private var statementStart = 0
  private var statementEnd = 0

  private init(scalars: [Unicode.Scalar], line: Int) {
    self.scalars = scalars
    self.line = line
  }

  private func checkLengths(_ text: String) throws(LanguageError) {
    guard text.utf8.count > Self.longestText else { return }
    var number = line
    for part in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if part.count > Self.longestText {
        throw LanguageError(
          .lineTooLong, "line \(number) is longer than \(Self.longestText) bytes",
          hint: "commands are text, one a line; put long text into a file", line: number)
      }
      number += 1
    }
  }

  /// Reads one word, separator or comment. False at the end of the text.
  private mutating func readNext() throws(LanguageError) -> Bool {
    guard position < scalars.count else {
      endStatement()
      return false
    }
    let scalar = scalars[position]
    switch scalar {
    case "\n":
      endStatement()
      position += 1
      line += 1
      lineStart = position
    case ";":
      endStatement()
      position += 1
    case "#":
      while position < scalars.count && scalars[position] != "\n" { position += 1 }
      endsInComment = position == scalars.count
    case _ where Self.isBlank(scalar):
      position += 1
    default:
      if words.isEmpty { statementStart = position }
      wordStart = position
      words.append(try readWord())
      (wordEnd, statementEnd) = (position, position)
    }
    return true
  }

  private mutating func endStatement() {
    guard !words.isEmpty else { return }
    var source = String.UnicodeScalarView()
    source.append(contentsOf: scalars[statementStart..<statementEnd])
    statements.append(Statement(words: words, line: line, source: String(source)))
    words = []
  }

  private mutating func readWord() throws(LanguageError) -> Word {
    var text = String.UnicodeScalarView()
    var length = 0
    var plainPrefix: Int?
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar == "'" || scalar == "\"" {
        plainPrefix = plainPrefix ?? length
        try readQuoted(scalar, into: &text)
      } else if scalar == "\n" || scalar == ";" || Self.isBlank(scalar) {
        break
      } else {
        text.append(scalar)
        length += 1
        position += 1
      }
    }
    guard let plainPrefix else { return Word(String(text)) }
    return Word(String(text), plainPrefix: plainPrefix)
  }

  private mutating func readQuoted(
    _ quote: Unicode.Scalar, into text: inout String.UnicodeScalarView
  ) throws(LanguageError) {
    let start = position
    position += 1
    while position < scalars.count && scalars[position] != "\n" {
      let scalar = scalars[position]
      position += 1
      if scalar == quote { return }
      if scalar == "\\" && quote == "\"" {
        text.append(try readEscape())
      } else {
        text.append(scalar)
      }
    }
    if isUnfinished && position == scalars.count {
      openQuote = quote
      return
    }
    throw LanguageError(
      .unterminatedQuote, "the quote \(quote) in column \(start - lineStart + 1) is not closed",
      hint: "close it with \(quote) on the same line", line: line, column: start - lineStart + 1)
  }

  /// What follows a backslash in double quotes; `position` is behind the backslash.
  private mutating func readEscape() throws(LanguageError) -> Unicode.Scalar {
    let column = position - lineStart
    let scalar = position < scalars.count ? scalars[position] : "\n"
    position += 1
    switch scalar {
    case "\"", "\\": return scalar
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "u": if let decoded = readCodePoint() { return decoded }
    default: break
    }
    let shown = scalar == "\n" ? "" : printable(String(scalar))
    throw LanguageError(
      .unknownEscape, "\\\(shown) in column \(column) is not an escape",
      hint: #"write \\ for a backslash, or use single quotes"#, line: line, column: column)
  }

  /// `{1F600}`: one to six hexadecimal digits of a Unicode scalar.
  private mutating func readCodePoint() -> Unicode.Scalar? {
    guard position < scalars.count, scalars[position] == "{" else { return nil }
    var digits = ""
    var end = position + 1
    while end < scalars.count, digits.count < 7, scalars[end].properties.isASCIIHexDigit {
      digits.unicodeScalars.append(scalars[end])
      end += 1
    }
    guard end < scalars.count, scalars[end] == "}", digits.count <= 6 else { return nil }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    position = end + 1
    return scalar
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && scalar.properties.isWhitespace
  }
}
