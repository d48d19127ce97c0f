extension ParameterDescriptor {
  /// The JSON literal for a typed word, or an error that states the range.
  func json(for word: String) throws(EncoderError) -> String {
    switch kind {
    case .integer(let range, _):
      if let value = Int(word), range.contains(value) { return String(value) }
    case .real(let range, _):
      if let value = Double(word), range.contains(value) { return String(value) }
    case .choice(let choices, _):
      if choices.contains(word) { return "\"\(word)\"" }
    case .flag:
      if ["on", "true", "yes"].contains(word) { return "true" }
      if ["off", "false", "no"].contains(word) { return "false" }
    }
    throw EncoderError(
      .badParameter, "\(name) expects \(expectation), found \"\(word)\"",
      hint: "the default is \(defaultText): \(summary)")
  }

  /// The range in words: "a whole number 1…4096 pixels", "one of tfidf, counts", "on or off".
  public var expectation: String {
    let unit = self.unit.map { " \($0)" } ?? ""
    return switch kind {
    case .integer(let range, _):
      "a whole number \(range.lowerBound)…\(range.upperBound)\(unit)"
    case .real(let range, _): "a number \(range.lowerBound)…\(range.upperBound)\(unit)"
    case .choice(let choices, _): "one of \(choices.joined(separator: ", "))"
    case .flag: "on or off"
    }
  }

  public var defaultText: String {
    switch kind {
    case .integer(_, let value): String(value)
    case .real(_, let value): String(value)
    case .choice(_, let value): value
    case .flag(let value): value ? "on" : "off"
    }
  }
}
