/// A term that equals another code point by code point, as a string of Python does. Swift's own
/// equality of strings is canonical equivalence: é is e and an accent.
struct ExactTerm: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactTerm, right: ExactTerm) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Unicode's code point order, which UTF-8 keeps byte by byte.
  func precedesByCodePoint(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
