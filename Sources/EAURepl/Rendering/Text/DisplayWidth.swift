/// How many terminal cells a text takes: 2 for East Asian wide characters and emoji, 0 for
/// combining marks and format characters, 1 otherwise (Unicode Standard Annex #11).
func displayWidth(_ text: some StringProtocol) -> Int {
  var isASCII = true
  for byte in text.utf8 where byte >= 0x80 || byte < 0x20 || byte == 0x7F {
    isASCII = false
    break
  }
  return isASCII ? text.utf8.count : text.reduce(0) { $0 + displayWidth($1) }
}

/// The cells of one user-perceived character. Its scalars' widths add up, but not beyond two: a
/// sequence joined to one emoji, a flag, or a syllable of jamo is drawn as one.
func displayWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    // The emoji variation selector makes a text symbol like U+2764 an emoji.
    width += scalar == "\u{FE0F}" && width == 1 ? 1 : cells(of: scalar)
  }
  return min(width, 2)
}

/// The text cut to at most `width` cells, the ellipsis included where something was cut off.
func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
  guard displayWidth(text) > width else { return text }
  let tail = displayWidth(ellipsis) < width ? ellipsis : ""
  let room = max(width - displayWidth(tail), 0)
  return prefix(of: text, fitting: room) + tail
}

/// The longest beginning of the text that takes at most `width` cells.
func prefix(of text: String, fitting width: Int) -> String {
  var used = 0
  var end = text.startIndex
  for index in text.indices {
    used += displayWidth(text[index])
    if used > width { break }
    end = text.index(after: index)
  }
  return String(text[..<end])
}

extension String {
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth(self))) + self
  }

  func rightPadded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth(self)))
  }

  func centred(in width: Int) -> String {
    let room = max(0, width - displayWidth(self))
    return String(repeating: " ", count: room / 2) + self
      + String(repeating: " ", count: room - room / 2)
  }
}

private func cells(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 {
    // Controls never get this far in cleaned text; they move nothing we could count.
    return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? 0 : 1
  }
  // Medial and final jamo join the syllable's first one.
  if (0x1160...0x11FF).contains(scalar.value) { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return isWide(scalar) ? 2 : 1
  }
}

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case ..<0x1100: false
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
    0x1F200...0x1F265, 0x20000...0x3FFFD:
    true
  default: scalar.properties.isEmojiPresentation
  }
}
