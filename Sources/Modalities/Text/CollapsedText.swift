/// A text in which every two or more neighbouring white spaces are one space and a single one stays
/// what it is, as scikit-learn's `char` analyzer has it. Comes piece by piece.
struct CollapsedText {
  /// UTF-8.
  private(set) var bytes: [UInt8] = []
  /// White spaces at the end, and the bytes of the last one.
  private var run = 0
  private var width = 0

  /// - Parameter piece: valid UTF-8.
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < piece.count {
      let (scalar, width) = piece.scalar(at: position)
      run = Self.isWhitespace(scalar) ? run + 1 : 0
      if run > 1 {
        bytes.removeLast(self.width)
        bytes.append(0x20)
        self.width = 1
      } else {
        bytes.append(contentsOf: piece[position..<position + width])
        self.width = width
      }
      position += width
    }
  }

  /// Python's `\s`: Unicode's white space and the four separators of ASCII.
  private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? (0x09...0x0D).contains(scalar.value) || (0x1C...0x20).contains(scalar.value)
      : scalar.properties.isWhitespace
  }
}
