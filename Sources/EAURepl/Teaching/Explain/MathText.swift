import Foundation

/// Numbers inside formulas. Four significant digits: enough to follow, few enough to read; the JSON
/// form has them all.
enum MathText {
  static let digits = 4

  /// `0.3412`, `−12.35`, `1234`, `1.2e-05`.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return NumberText.missing }
    if value == 0 { return "0" }
    // What was typed as 0.001 is shown as that, not as 0.001000.
    let short = String(format: "%.\(digits)g", value)
    if Double(short) == value { return signed(short) }
    let size = abs(value)
    if value == value.rounded(), size < 1e5 { return signed("\(Int(value))") }
    guard (1e-3..<1e5).contains(size) else {
      return signed(String(format: "%.\(digits - 1)e", value))
    }
    let whole = Int(log10(size).rounded(.down)) + 1
    return signed(NumberText.fixed(value, max(0, digits - whole)))
  }

  /// In brackets where a sign would stand behind an operator.
  static func factor(_ value: Double) -> String {
    value < 0 ? "(\(number(value)))" : number(value)
  }

  /// ` + 0.5`, ` − 0.5`: a term behind others.
  static func term(_ value: Double) -> String {
    (value < 0 ? " − " : " + ") + number(abs(value))
  }

  /// `0.2 − 0.1 + 0.4 …`
  static func sum(_ values: some Sequence<Double>) -> String {
    var text = ""
    for value in values { text += text.isEmpty ? number(value) : term(value) }
    return text
  }

  /// The minus of mathematics before the number and in no exponent.
  private static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
