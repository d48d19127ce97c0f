import Foundation

/// What scanning needs to know of each scalar of the Basic Multilingual Plane, looked up once.
struct ScalarTable: Sendable {
  struct Entry: Sendable {
    /// The lower case, if it is a single scalar of this plane.
    let lowered: UInt16
    /// Canonical combining class of that.
    let combiningClass: UInt8
    /// Whether normalising the scalar is to lower it, whatever stands beside it: it lowers to one
    /// scalar, which NFC neither changes nor joins with one before it. A capital sigma is not
    /// plain, because its lower case depends on its neighbours.
    let isPlain: Bool
    let scikitLearnRole: WordRule.Role
    let unicodeRole: WordRule.Role
  }

  /// A constant of Unicode, made when the first text beyond ASCII is read.
  static let shared = ScalarTable()

  private let entries: [Entry]

  private init() {
    let joined = Self.joiningScalars()
    let plane = (UInt32(0)...0xFFFF).map { Unicode.Scalar($0) ?? "\u{FFFD}" }
    let lowered = plane.map { scalar -> UInt16? in
      let mapping = scalar.properties.lowercaseMapping.utf16
      return mapping.count == 1 ? mapping.first : nil
    }
    entries = plane.indices.map { index in
      let scalar = plane[index]
      let result = lowered[index].flatMap { Unicode.Scalar($0) }
      return Entry(
        lowered: lowered[index] ?? 0,
        combiningClass: result?.properties.canonicalCombiningClass.rawValue ?? 0,
        isPlain: scalar != "\u{3A3}" && result.map { !joined.contains($0) } ?? false,
        scikitLearnRole: WordRule.scikitLearn.findRole(of: scalar),
        unicodeRole: WordRule.unicode.findRole(of: scalar))
    }
  }

  /// nil beyond the plane.
  @inline(__always)
  subscript(scalar: Unicode.Scalar) -> Entry? {
    scalar.value <= 0xFFFF ? entries[Int(scalar.value)] : nil
  }

  /// The scalars that NFC changes, or that it may join with one before them: those that are not
  /// first in a decomposition.
  private static func joiningScalars() -> Set<Unicode.Scalar> {
    // The vowels and final consonants of Hangul are joined by rule.
    var joining = Set((UInt32(0x1160)...0x11FF).compactMap(Unicode.Scalar.init))
    // Ideographs and syllables of Hangul are stable.
    let others = (UInt32(0x80)...0xFFFF).filter {
      !(0x3400...0x9FFF).contains($0) && !(0xAC00...0xD7A3).contains($0)
    }.compactMap(Unicode.Scalar.init)
    var text = String.UnicodeScalarView()
    for scalar in others { text.append(contentsOf: [scalar, "\n"]) }
    let decomposed = String(text).decomposedStringWithCanonicalMapping.unicodeScalars
      .split(separator: "\n")
    let composed = String(text).precomposedStringWithCanonicalMapping.unicodeScalars
      .split(separator: "\n")
    for (index, scalar) in others.enumerated() {
      joining.formUnion(decomposed[index].dropFirst())
      if !composed[index].elementsEqual([scalar]) { joining.insert(scalar) }
    }
    return joining
  }
}
