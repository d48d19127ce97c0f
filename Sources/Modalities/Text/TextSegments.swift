/// Cuts the blocks of a text into segments that can be normalised and scanned one by one, with the
/// same words as the whole text.
///
/// Most segments end behind a blank. Where a block has none, the cut is before a scalar that no
/// rule joins with what stands before it; a word may then go on, which the scanner knows. If there
/// is none in `longest` bytes either (a million combining marks), the cut is anywhere between two
/// scalars.
struct TextSegments: ~Copyable {
  private static let longest = 1 << 20

  private var scanner: WordScanner
  /// A rest of so many bytes is cut although it has no blank.
  private let shortest: Int
  /// What no segment had yet.
  private var rest: [UInt8] = []
  private var afterCased = false

  init(_ scanner: consuming WordScanner, blockSize: Int) {
    self.scanner = scanner
    shortest = blockSize
  }

  mutating func append(_ block: UnsafeBufferPointer<UInt8>) {
    var block = block
    if !rest.isEmpty {
      guard let blank = block.firstIndex(where: UnsafeBufferPointer.isBlank) else {
        rest.append(contentsOf: block)
        cutRest()
        return
      }
      rest.append(contentsOf: block[...blank])
      scanRest(closes: true)
      block = UnsafeBufferPointer(rebasing: block[(blank + 1)...])
    }
    let end = block.wordStart(before: block.count, notBefore: 0)
    scan(UnsafeBufferPointer(rebasing: block[..<end]), closes: true)
    rest.append(contentsOf: block[end...])
    cutRest()
  }

  /// The text, after the last block.
  mutating func text() -> TokenizedText {
    scanRest(closes: true)
    return scanner.text()
  }

  private mutating func scanRest(closes: Bool) {
    let bytes = rest
    rest = []
    bytes.withUnsafeBufferPointer { scan($0, closes: closes) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, closes: Bool) {
    scanner.scan(bytes, closes: closes, afterCased: afterCased)
    if closes { afterCased = false }
  }

  /// Cuts a rest without blanks that has become as long as a block.
  private mutating func cutRest() {
    guard rest.count >= shortest else { return }
    let bytes = rest
    bytes.withUnsafeBufferPointer { bytes in
      guard let (end, isCased) = bytes.lastBorder() ?? Self.anyBorder(in: bytes) else { return }
      scan(UnsafeBufferPointer(rebasing: bytes[..<end]), closes: false)
      afterCased = isCased
      rest = Array(bytes[end...])
    }
  }

  private static func anyBorder(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (position: Int, isCased: Bool)? {
    guard bytes.count >= longest, let last = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }),
      last > 0
    else { return nil }
    return (last, false)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The last place between two scalars where normalising the two parts one by one gives what
  /// normalising the whole does, and whether the scalar before it is cased, which decides on a
  /// sigma behind it.
  func lastBorder() -> (position: Int, isCased: Bool)? {
    var position = count - 1
    while position > 0 {
      if let (after, _) = validScalar(at: position), ScalarTable.shared[after]?.isPlain == true,
        ScalarTable.shared[after]?.combiningClass == 0
      {
        var start = position - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        if let (before, width) = validScalar(at: start), start + width == position,
          !before.looksAhead
        {
          return (position, before.properties.isCased)
        }
      }
      position -= 1
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// Whether the lower case of this scalar, or of a sigma before it, depends on what follows.
  fileprivate var looksAhead: Bool { self == "\u{3A3}" || properties.isCaseIgnorable }
}
