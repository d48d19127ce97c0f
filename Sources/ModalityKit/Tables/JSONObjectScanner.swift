/// Scans one flat JSON object (RFC 8259): values are strings, numbers (kept as written), true,
/// false, null (missing), or arrays of numbers.
///
/// A parser of its own because the order of the keys matters, a key given twice must not vanish,
/// and a mistake has to be named by line and key.
public struct JSONObjectScanner {
  private let bytes: ArraySlice<UInt8>
  private let line: Int
  private var position: Int
  /// The key whose value is being read, for messages.
  private var key: String?

  /// - Parameter line: how messages count what is scanned.
  public init(_ bytes: ArraySlice<UInt8>, line: Int = 1) {
    self.bytes = bytes
    self.line = line
    position = bytes.startIndex
  }

  public static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// The members in the order written; an empty string counts as missing, as in CSV.
  public mutating func object() throws(TableError) -> [(key: String, cell: TableCell)] {
    var members: [(key: String, cell: TableCell)] = []
    var seen: Set<String> = []
    guard take("{") else { throw malformed("expected an object in braces") }
    if !take("}") {
      repeat {
        key = nil
        guard peek() == UInt8(ascii: "\"") else { throw malformed("expected a key in quotes") }
        let name = try string()
        key = name
        guard seen.insert(name).inserted else { throw malformed("found this key twice") }
        guard take(":") else { throw malformed("expected a colon after the key") }
        members.append((name, try value()))
      } while take(",")
      guard take("}") else { throw malformed("expected a comma or a closing brace") }
    }
    guard peek() == nil else { throw malformed("found more text after the object") }
    return members
  }

  private mutating func value() throws(TableError) -> TableCell {
    switch peek() {
    case UInt8(ascii: "\""):
      let text = try string()
      return text.isEmpty ? .missing : .text(text)
    case UInt8(ascii: "["):
      return .numbers(try numbers())
    case UInt8(ascii: "{"):
      throw malformed("expected text or a number, found a nested object")
    default:
      let word = literal()
      if word == "null" { return .missing }
      if Self.isNumber(word) { return .number(word) }
      guard word == "true" || word == "false" else {
        throw malformed("expected a value, found \"\(word)\"")
      }
      return .text(word)
    }
  }

  private mutating func numbers() throws(TableError) -> [Double] {
    var values: [Double] = []
    guard take("["), !take("]") else { return values }
    repeat {
      _ = peek()
      let word = literal()
      guard Self.isNumber(word), let value = Double(word), value.isFinite else {
        throw malformed("expected an array of numbers, found \"\(word)\" in it")
      }
      values.append(value)
    } while take(",")
    guard take("]") else { throw malformed("expected a comma or a closing bracket") }
    return values
  }

  /// The bytes up to the next structural character, at most 40 of them.
  private mutating func literal() -> String {
    let start = position
    while position < bytes.endIndex, position - start < 40 {
      let byte = bytes[position]
      if Self.isSpace(byte) || [0x2C, 0x5D, 0x7D, 0x3A].contains(byte) { break }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The grammar of RFC 8259: no plus sign, no leading zero, digits on both sides of the point.
  private static func isNumber(_ word: String) -> Bool {
    var rest = Substring(word).utf8
    func take(_ wanted: String) -> Bool {
      guard let byte = rest.first, wanted.utf8.contains(byte) else { return false }
      rest.removeFirst()
      return true
    }
    func takeDigits() -> Bool {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest.removeFirst(digits.count)
      return !digits.isEmpty
    }
    _ = take("-")
    guard take("0") || takeDigits() else { return false }
    if take("."), !takeDigits() { return false }
    if take("eE") {
      _ = take("+-")
      guard takeDigits() else { return false }
    }
    return rest.isEmpty
  }

  private mutating func string() throws(TableError) -> String {
    position += 1
    let start = position
    while position < bytes.endIndex, Self.isPlain(bytes[position]) { position += 1 }
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return try text(bytes[start..<position - 1])
    }
    var content = Array(bytes[start..<position])
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(content[...])
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20: throw malformed("found a control character inside a string")
      default: content.append(byte)
      }
    }
    throw malformed("expected a closing quote, found the end of the line")
  }

  /// Whether the byte stands for itself inside a string.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private func text(_ content: ArraySlice<UInt8>) throws(TableError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw TableError(
        .notUTF8, line: line, column: key, "expected UTF-8, found other bytes",
        hint: "save the manifest as UTF-8")
    }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws(TableError) {
    guard position < bytes.endIndex else { throw malformed("found a backslash at the line's end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"): content.append(contentsOf: String(try scalar()).utf8)
    default: throw malformed("found an unknown escape after a backslash")
    }
  }

  /// The code point of `XXXX`, or of a surrogate pair `XXXX\uXXXX`.
  private mutating func scalar() throws(TableError) -> Unicode.Scalar {
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw malformed("found half a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw malformed("found half a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(TableError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let isHexadecimal =
      digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("expected four hexadecimal digits after \\u") }
    position += 4
    return code
  }

  /// The next byte that is not white space, or nil at the end.
  private mutating func peek() -> UInt8? {
    while position < bytes.endIndex, Self.isSpace(bytes[position]) { position += 1 }
    return position < bytes.endIndex ? bytes[position] : nil
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard let byte = peek(), UInt32(byte) == wanted.value else { return false }
    position += 1
    return true
  }

  private func malformed(_ finding: String) -> TableError {
    TableError(
      .malformedJSON, line: line, column: key, finding,
      hint: "each line is one flat object: {\"id\": \"a\", \"label\": \"cat\", \"text\": \"…\"}")
  }
}
