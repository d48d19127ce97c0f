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

  /// What a character does to the word it stands in.
  enum Role { case letter, mark, wordByItself, separator }

  @inline(__always)
  func role(of scalar: Unicode.Scalar, _ table: ScalarTable) -> Role {
    guard let entry = table[scalar] else { return findRole(of: scalar) }
    return self == .unicode ? entry.unicodeRole : entry.scikitLearnRole
  }

  func findRole(of scalar: Unicode.Scalar) -> Role {
    let properties = scalar.properties
    let category = properties.generalCategory
    if self == .unicode {
      if Self.standsAlone(scalar, properties) { return .wordByItself }
      switch category {
      case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
      default: break
      }
    }
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    default:
      return scalar == "_" || properties.numericType != nil ? .letter : .separator
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
