/// The text with every character that could steer a terminal replaced by a picture of it.
///
/// Replaced are C0 controls and DEL (`␛` for ESC), C1 controls, line and paragraph separators,
/// bidirectional marks, embeddings, overrides and isolates, and tag characters (`\u{9b}`).
/// - Parameters:
///   - string: text from anywhere.
///   - unicode: false gives `\u{1b}` for the C0 controls, too.
func printable(_ string: String, unicode: Bool = true) -> String {
  // Most text has nothing to replace, and then is not copied.
  guard string.unicodeScalars.contains(where: steersTerminal) else { return string }
  var result = String.UnicodeScalarView()
  for scalar in string.unicodeScalars {
    guard steersTerminal(scalar) else {
      result.append(scalar)
      continue
    }
    if unicode, let picture = controlPicture(scalar) {
      result.append(picture)
    } else {
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    }
  }
  return String(result)
}

/// Whether a scalar moves the cursor, starts an escape sequence, or reorders the line.
func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20..<0x7F, 0xA0..<0x061C: false
  case 0..<0x20, 0x7F..<0xA0: true
  case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB: true
  case 0xE0000...0xE007F: true
  default: false
  }
}

/// The block Control Pictures, U+2400..2421.
private func controlPicture(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
  case 0x7F: "\u{2421}"
  default: nil
  }
}
