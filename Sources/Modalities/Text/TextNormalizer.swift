import Foundation

/// What is done to a text before it is cut into words or characters: lower case, then accents, as
/// scikit-learn's `_preprocess`; for the `unicode` rule the canonical composition (NFC) after that.
struct TextNormalizer: Sendable {
  let rule: WordRule
  let accents: AccentRule

  func normalized(_ text: String) -> String {
    let lowered = text.lowercasedWithFinalSigma()
    if lowered.utf8.allSatisfy({ $0 < 0x80 }) { return lowered }
    let result = accents == .strip ? Self.withoutAccents(lowered) : lowered
    return rule == .unicode ? result.precomposedStringWithCanonicalMapping : result
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
