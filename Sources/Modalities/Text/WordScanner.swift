/// What a word is. Both rules lower the text first.
public enum WordRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// As `scikitLearn`, on the canonical composition (NFC), with three things put right which that
  /// pattern gets wrong. Combining marks belong to their word (हिन्दी is one word, not four
  /// pieces). Chinese and Japanese write no spaces, so every ideograph and kana is a word of its
  /// own. An emoji is a word too. Such single characters count whatever the minimum length.
  case unicode
  /// Exactly what scikit-learn's default `(?u)\b\w\w+\b` finds in `text.lower()`: maximal runs of
  /// word characters (letters, numbers, underscore, as Python's `str.isalnum`) of at least the
  /// minimum length in code points.
  case scikitLearn = "scikit-learn"
}

/// Cuts a normalised text into words in one pass over its UTF-8.
struct WordScanner: Sendable {
  let rule: WordRule
  /// In code points.
  let minimumLength: Int

  /// - Parameter text: what `TextNormalizer` made.
  func words(in text: String) -> [String] {
    var text = text
    return text.withUTF8(scan)
  }

  /// `bytes` are valid UTF-8.
  private func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    var words: [String] = []
    var start = 0
    var length = 0
    func take(_ range: Range<Int>) {
      words.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self))
    }
    var position = 0
    while position < bytes.count {
      let (kind, width) = classify(bytes, at: position)
      if kind == .word || (kind == .mark && length > 0) {
        if length == 0 { start = position }
        length += 1
      } else {
        if length >= minimumLength, length > 0 { take(start..<position) }
        length = 0
        if kind == .wordByItself { take(position..<position + width) }
      }
      position += width
    }
    if length >= minimumLength, length > 0 { take(start..<bytes.count) }
    return words
  }

  private enum Kind { case word, mark, wordByItself, other }

  private func classify(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (kind: Kind, width: Int) {
    let first = bytes[position]
    if first < 0x80 { return (Self.isASCIIWord(first) ? .word : .other, 1) }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(width))
    for offset in 1..<width where position + offset < bytes.count {
      value = value << 6 | UInt32(bytes[position + offset] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return (.other, width) }
    return (kind(of: scalar), width)
  }

  private static func isASCIIWord(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
      || (byte >= 0x41 && byte <= 0x5A) || byte == 0x5F
  }

  private func kind(of scalar: Unicode.Scalar) -> Kind {
    let properties = scalar.properties
    if rule == .unicode {
      if Self.standsAlone(scalar, properties) { return .wordByItself }
      switch properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
      default: break
      }
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .word
    default: return properties.numericType == nil ? .other : .word
    }
  }

  private static func standsAlone(
    _ scalar: Unicode.Scalar, _ properties: Unicode.Scalar.Properties
  ) -> Bool {
    switch scalar.value {
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x31F0...0x31FF, 0xFF66...0xFF9D: true
    default:
      properties.isIdeographic
        || (properties.isEmojiPresentation && !properties.isEmojiModifier)
    }
  }
}
