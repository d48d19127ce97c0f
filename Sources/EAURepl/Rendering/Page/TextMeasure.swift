/// How wide text will be, before any font is asked: the same for every file format.
///
/// Widths are those of DejaVu Sans in parts of its size, the widest of the usual fonts: text may turn
/// out narrower, not wider.
enum TextMeasure {
  static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    let units = text.unicodeScalars.reduce(0.0) { $0 + unit($1) }
    return units * size * (bold ? 1.1 : 1)
  }

  private static func unit(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "|", ".", ",", ":", ";", "'", " ": 0.33
    case "f", "t", "r", "(", ")", "[", "]", "-", "/", "!": 0.41
    case "m", "W", "M", "%", "@": 0.98
    case "w", "+", "=", "<", ">", "~", "→", "≤", "≥", "±", "−": 0.84
    case "0"..."9": 0.64
    case "A"..."Z": 0.7
    default:
      displayWidth(String(scalar)) == 2
        ? 1.05 : scalar.properties.isDefaultIgnorableCodePoint ? 0 : 0.64
    }
  }

  /// Cut with `…` to a width.
  static func fitted(_ text: String, to room: Double, size: Double) -> String {
    guard width(text, size: size) > room else { return text }
    var kept = String.UnicodeScalarView()
    var used = width("…", size: size)
    for scalar in text.unicodeScalars {
      used += unit(scalar) * size
      if used > room { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }

  /// In lines of at most that width, broken at blanks.
  static func wrapped(_ text: String, to room: Double, size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty && width(longer, size: size) > room {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return lines + [line]
  }
}
