import ModalityKit

/// The header of a .npy file: `{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }` and
/// nothing else. The order of the keys is free, white space too.
struct NumpyHeader {
  let number: NumpyNumber
  /// Each extent at most `extentLimit`.
  let shape: [Int]

  /// More numbers than any file that is read can hold, and products with a width do not overflow.
  static let extentLimit = 1 << 40

  init(_ text: ArraySlice<UInt8>, name: String) throws(EncoderError) {
    var scanner = Scanner(text: text, name: name)
    var code: String?
    var order: Bool?
    var shape: [Int]?
    try scanner.expect("{")
    while !scanner.take("}") {
      let key = try scanner.quoted()
      try scanner.expect(":")
      switch key {
      case "descr" where code == nil: code = try scanner.numberCode()
      case "fortran_order" where order == nil: order = try scanner.flag()
      case "shape" where shape == nil: shape = try scanner.extents()
      default: throw scanner.broken
      }
      if scanner.take(",") { continue }
      try scanner.expect("}")
      break
    }
    guard scanner.isAtEnd, let code, order != nil, let shape else { throw scanner.broken }
    guard let number = NumpyNumber(code) else {
      throw EncoderError(
        .wrongFormat, "\(name): expected float32, float64, whole numbers or bool, found \(code)",
        hint: "save it as float64: numpy.save(path, sample.astype(\"float64\"))")
    }
    self.number = number
    self.shape = shape
  }

  /// Reads the few Python literals that a header consists of.
  private struct Scanner {
    var text: ArraySlice<UInt8>
    let name: String

    var broken: EncoderError { NumpyFile.damaged(name, "its header cannot be read") }

    var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return text.isEmpty
      }
    }

    private mutating func skipBlanks() {
      while let byte = text.first, byte == 0x20 || byte == 0x0A || byte == 0x09 {
        text.removeFirst()
      }
    }

    mutating func take(_ word: StaticString) -> Bool {
      skipBlanks()
      let wanted = word.description.utf8
      guard text.starts(with: wanted) else { return false }
      text.removeFirst(wanted.count)
      return true
    }

    mutating func expect(_ word: StaticString) throws(EncoderError) {
      guard take(word) else { throw broken }
    }

    mutating func quoted() throws(EncoderError) -> String {
      skipBlanks()
      guard let quote = text.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
        let end = text.dropFirst().firstIndex(of: quote)
      else { throw broken }
      let content = text[(text.startIndex + 1)..<end]
      text = text[(end + 1)...]
      guard content.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\\") }) else {
        throw broken
      }
      return String(decoding: content, as: UTF8.self)
    }

    /// A record type is a list here.
    mutating func numberCode() throws(EncoderError) -> String {
      guard !take("[") else {
        throw EncoderError(
          .wrongFormat, "\(name): expected plain numbers, found records of several fields",
          hint: "save the numbers of one sample as one plain vector")
      }
      return try quoted()
    }

    mutating func flag() throws(EncoderError) -> Bool {
      if take("True") { return true }
      try expect("False")
      return false
    }

    mutating func extents() throws(EncoderError) -> [Int] {
      var extents: [Int] = []
      try expect("(")
      while !take(")") {
        extents.append(try extent())
        guard extents.count <= 32 else { throw broken }
        if take(",") { continue }
        try expect(")")
        break
      }
      return extents
    }

    private mutating func extent() throws(EncoderError) -> Int {
      skipBlanks()
      let digits = text.prefix { $0 &- 0x30 < 10 }
      guard (1...13).contains(digits.count) else { throw broken }
      text = text[digits.endIndex...]
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard value <= extentLimit else { throw broken }
      return value
    }
  }
}
