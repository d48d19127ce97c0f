extension String {
  /// Lower case by Unicode's full mapping, with the one rule that looks at the neighbours: a
  /// capital sigma at the end of a word becomes ς (Unicode 3.13, `Final_Sigma`). Swift's own
  /// `lowercased()` leaves that rule out; Python's `str.lower` has it.
  ///
  /// - Parameter afterCased: whether a cased letter stands right before the string.
  func lowercasedWithFinalSigma(afterCased: Bool = false) -> String {
    guard utf8.contains(0xCE), unicodeScalars.contains("\u{3A3}") else { return lowercased() }
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\u{3A3}" {
        result.append(
          Self.isFinal(index, in: scalars, afterCased: afterCased) ? "\u{3C2}" : "\u{3C3}")
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(result)
  }

  private static func isFinal(
    _ index: Int, in scalars: [Unicode.Scalar], afterCased: Bool
  ) -> Bool {
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return (before?.properties.isCased ?? afterCased) && after?.properties.isCased != true
  }
}
