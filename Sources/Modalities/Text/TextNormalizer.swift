import Foundation

/// What is done to a text before it is cut into words or characters: lower case, then accents, as
/// scikit-learn's `_preprocess`; for the `unicode` rule the canonical composition (NFC) after that.
struct TextNormalizer: Sendable {
  let rule: WordRule
  let accents: AccentRule

  /// - Parameter afterCased: whether a cased letter stands right before the text.
  func normalized(_ text: String, afterCased: Bool = false) -> String {
    let lowered = text.lowercasedWithFinalSigma(afterCased: afterCased)
    if lowered.utf8.allSatisfy({ $0 < 0x80 }) { return lowered }
    let result = accents == .strip ? Self.withoutAccents(lowered) : lowered
    return rule == .unicode ? result.precomposedStringWithCanonicalMapping : result
  }

  /// The normalised text in `buffer`, or nil for a text that takes more than to lower each scalar.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, not necessarily valid.
  ///   - buffer: with room for three times as many bytes.
  /// - Returns: how many bytes were written.
  func normalizePlain(
    _ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutablePointer<UInt8>,
    _ table: ScalarTable
  ) -> Int? {
    guard accents == .keep else { return nil }
    var (position, length) = (0, 0)
    var combiningClass: UInt8 = 0
    while position < bytes.count {
      guard let (scalar, width) = bytes.validScalar(at: position) else { return nil }
      position += width
      guard let entry = table[scalar] else {
        // Emoji are what they are.
        guard (0x1F000...0x1FAFF).contains(scalar.value) else { return nil }
        for offset in position - width..<position {
          buffer[length] = bytes[offset]
          length += 1
        }
        combiningClass = 0
        continue
      }
      // Marks out of their canonical order change places.
      let isOrdered = entry.combiningClass == 0 || entry.combiningClass >= combiningClass
      guard entry.isPlain, isOrdered else { return nil }
      combiningClass = entry.combiningClass
      let value = entry.lowered
      if value < 0x80 {
        buffer[length] = UInt8(truncatingIfNeeded: value)
        length += 1
      } else if value < 0x800 {
        buffer[length] = 0xC0 | UInt8(truncatingIfNeeded: value >> 6)
        buffer[length + 1] = 0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
        length += 2
      } else {
        buffer[length] = 0xE0 | UInt8(truncatingIfNeeded: value >> 12)
        buffer[length + 1] = 0x80 | UInt8(truncatingIfNeeded: value >> 6 & 0x3F)
        buffer[length + 2] = 0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
        length += 3
      }
    }
    return length
  }

  /// NFKD without the scalars of a canonical combining class other than 0. Vowel signs of Indic
  /// scripts are of class 0 and stay.
  private static func withoutAccents(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.canonicalCombiningClass == .notReordered {
      result.append(scalar)
    }
    return String(result)
  }
}
