/// The text with our own typographic signs spelled in ASCII, for terminals without Unicode.
///
/// Covers what the toolkit itself writes: arrows, dashes, quotes, Greek names of quantities, and
/// mathematical signs. Letters of other scripts come from data and stay as they are.
func asciiTypography(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if result.last == "^", let exponent = fraction(scalar) {
      // x^1/4 would be a quarter of x.
      result.append(contentsOf: "(\(exponent))".unicodeScalars)
    } else if let spelled = spelling(scalar) {
      result.append(contentsOf: spelled.unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

private func fraction(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "½": "1/2"
  case "¼": "1/4"
  default: nil
  }
}

private func spelling(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "…": "..."
  case "–", "—", "−", "‑", "‐": "-"
  case "→", "⟶": "->"
  case "←": "<-"
  case "↔": "<->"
  case "×": "x"
  case "·", "•", "∙": "*"
  case "±": "+/-"
  case "≤": "<="
  case "≥": ">="
  case "≠": "!="
  case "≈": "~"
  case "∞": "inf"
  case "√": "sqrt"
  // In formulas the capital letter is always the sum; the quantity is σ.
  case "∑", "Σ": "Sum"
  case "²": "^2"
  case "³": "^3"
  case "½", "¼": fraction(scalar)
  case "⊙": "*"
  case "‖": "||"
  case "∝": "~"
  case "°": " deg"
  case "′": "'"
  // Marks above the letter before them.
  case "\u{302}": "_hat"
  case "\u{303}": "_tilde"
  case "\u{304}": "_mean"
  case "₀"..."₉": String(scalar.value - 0x2080)
  case "‘", "’", "‚": "'"
  case "“", "”", "„", "«", "»": "\""
  case "▲", "↑": "^"
  case "▼", "↓": "v"
  case "✓", "✔": "ok"
  case "✗", "✘": "x"
  case "\u{A0}", "\u{2009}", "\u{202F}": " "
  default: greekName(scalar)
  }
}

/// Only the letters that formulas use, and only as single signs: Greek words in data would become
/// unreadable, but a terminal without Unicode could not show them either.
private func greekName(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "α": "alpha"
  case "β": "beta"
  case "γ": "gamma"
  case "δ": "delta"
  case "Δ": "Delta"
  case "ε": "epsilon"
  case "λ": "lambda"
  case "μ": "mu"
  case "π": "pi"
  case "ρ": "rho"
  case "σ": "sigma"
  case "τ": "tau"
  case "φ": "phi"
  case "ω": "omega"
  default: nil
  }
}
