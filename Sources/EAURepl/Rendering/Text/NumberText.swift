import Foundation

/// Numbers for people. JSON has its own, exact form.
enum NumberText {
  static let missing = "n/a"

  /// With a fixed number of digits after the point; `n/a` for what is not finite. Never `-0.00`.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return missing }
    let text = String(format: "%.\(min(max(decimals, 0), 17))f", value)
    let isZero = text.utf8.allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// `812 B`, `3.9 MB`, `1.2 GB`: powers of 1000.
  static func bytes(_ count: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard count >= 1000 else { return "\(count) B" }
    var (value, unit) = (Double(count) / 1000, 0)
    while value >= 999.95, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return "\(fixed(value, 1)) \(units[unit])"
  }

  /// About three significant digits, for axes: `0.25`, `-1.5`, `12`, `1234`, `2.5e+07`.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return missing }
    if value == value.rounded() && abs(value) < 1e6 { return fixed(value, 0) }
    if abs(value) >= 1000 && abs(value) < 1e6 { return fixed(value, 0) }
    return String(format: "%.3g", value)
  }
}
