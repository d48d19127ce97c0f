/// Whether an answer is the recorded one.
///
/// Words must be equal, numbers agree within the tolerance: `|a − b| ≤ tolerance · max(1, |a|)`.
/// Durations (`3.1 s`) are not compared, nor are the lengths of bars and rules, nor what is drawn in
/// braille or as columns (`▂▅`), whose numbers stand beside it. A recorded line `…` stands for any lines.
struct AnswerComparison {
  var tolerance = 0.01

  /// - Returns: the first recorded line that does not fit, and what was found there; nil when all fits.
  func difference(_ recorded: [String], _ found: [String]) -> Difference? {
    let recorded = Self.withoutEnd(recorded)
    let found = Self.withoutEnd(found)
    var best: Difference?
    return matches(recorded[...], found[...], &best) ? nil : best ?? Difference("", "")
  }

  struct Difference: Equatable {
    let recorded: String
    let found: String

    init(_ recorded: String, _ found: String) {
      self.recorded = recorded
      self.found = found
    }
  }

  /// Notes the difference that lies farthest down.
  private func matches(
    _ recorded: ArraySlice<String>, _ found: ArraySlice<String>, _ farthest: inout Difference?
  ) -> Bool {
    var (recorded, found) = (recorded, found)
    while let line = recorded.first {
      if line == "…" {
        let rest = recorded.dropFirst()
        guard let next = rest.first else { return true }
        for start in found.indices where next == "…" || alike(next, found[start]) {
          if matches(rest, found[start...], &farthest) { return true }
        }
        farthest = farthest ?? Difference(next, found.first ?? "")
        return false
      }
      guard let other = found.first, alike(line, other) else {
        farthest = Difference(line, found.first ?? "")
        return false
      }
      (recorded, found) = (recorded.dropFirst(), found.dropFirst())
    }
    guard let extra = found.first else { return true }
    farthest = Difference("", extra)
    return false
  }

  /// Blank lines at the end are the document's.
  private static func withoutEnd(_ lines: [String]) -> [String] {
    var lines = lines
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    return lines
  }

  func alike(_ recorded: String, _ found: String) -> Bool {
    let (a, b) = (Self.words(recorded), Self.words(found))
    guard a.count == b.count else { return false }
    return a.indices.allSatisfy { index in
      if a[index] == b[index] { return true }
      guard let x = Self.number(a[index]), let y = Self.number(b[index]), x.rest == y.rest else {
        return false
      }
      let isDuration = index + 1 < a.count && Self.units.contains(String(a[index + 1]))
      return isDuration || abs(x.value - y.value) <= tolerance * max(1, abs(x.value))
    }
  }

  private static let numberSigns: Set<Character> = ["+", "-", "−", ".", "e", "E"]
  private static let units = ["s", "ms", "min", "s,", "s;", "ms,"]

  /// `(0.35,` is a number and what stands around it.
  private static func number(_ word: Substring) -> (value: Double, rest: String)? {
    let opening = word.prefix { $0 == "(" }
    let digits = word[opening.endIndex...].prefix {
      $0.isNumber || Self.numberSigns.contains($0)
    }
    // Tables and sentences write a minus sign.
    guard let value = Double(digits.map { $0 == "−" ? "-" : String($0) }.joined()) else {
      return nil
    }
    return (value, String(opening) + String(word[digits.endIndex...]))
  }

  private static func words(_ line: String) -> [Substring] {
    var plain = ""
    var isBar = false
    for scalar in line.unicodeScalars {
      switch scalar {
      case "▕": isBar = true
      case "▏" where isBar:
        isBar = false
        plain += "▕▏ "
      case _ where isBar, "▀"..."█", "▔", "\u{2800}"..."\u{28FF}": break
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain.split(whereSeparator: \.isWhitespace).map { word in
      word.count > 2 && word.allSatisfy { "═─=-".contains($0) } ? word.prefix(1) : word
    }
  }
}
