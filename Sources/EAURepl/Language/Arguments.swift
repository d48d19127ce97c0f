import ModalityKit

/// The words after a verb, sorted: what stands alone, `--options`, and `key=value` settings.
///
/// `--name=value` and `--name value` give an option its value; `--name` alone, or one of the
/// declared flags, has none. `--` ends the options. Quoted words are always positional.
struct Arguments: Equatable, Sendable {
  struct Option: Equatable, Sendable {
    var name: String
    var value: String?
  }

  struct Setting: Equatable, Sendable {
    var key: String
    var value: String
  }

  /// In the order written, as are the others.
  private(set) var positional: [String] = []
  private(set) var options: [Option] = []
  private(set) var settings: [Setting] = []
  /// All of them as they were written, for a command that holds other commands.
  let words: [Word]

  /// - Parameters:
  ///   - words: the statement's words without the verb.
  ///   - flags: names, without `--`, of the options that take no value.
  init(_ words: some Sequence<Word>, flags: [String] = []) {
    self.words = Array(words)
    var pending: String?
    var onlyPositional = false
    for word in words {
      let option = onlyPositional ? nil : Self.option(in: word)
      if let name = pending {
        pending = nil
        if option == nil && !Self.isEndOfOptions(word, onlyPositional) {
          options.append(Option(name: name, value: word.text))
          continue
        }
        options.append(Option(name: name, value: nil))
      }
      if let option {
        if option.value == nil && !flags.contains(option.name) {
          pending = option.name
        } else {
          options.append(option)
        }
      } else if Self.isEndOfOptions(word, onlyPositional) {
        onlyPositional = true
      } else if !onlyPositional, let setting = Self.setting(in: word) {
        settings.append(setting)
      } else {
        positional.append(word.text)
      }
    }
    if let pending { options.append(Option(name: pending, value: nil)) }
  }

  mutating func setFirst(_ word: String) {
    if !positional.isEmpty { positional[0] = word }
  }

  /// Whether the option was given, with or without a value.
  func has(_ name: String) -> Bool { options.contains { $0.name == name } }

  /// The option's last value: nil when it was not given.
  /// - Throws: `missing-value` when it was given without one.
  func value(of name: String) throws(LanguageError) -> String? {
    guard let option = options.last(where: { $0.name == name }) else { return nil }
    guard let value = option.value else {
      throw LanguageError(
        .missingValue, "--\(name) has no value", hint: "write --\(name) VALUE")
    }
    return value
  }

  /// All values of an option that may be repeated.
  func values(of name: String) -> [String] {
    options.filter { $0.name == name }.compactMap(\.value)
  }

  /// - Throws: `missing-value`, or `bad-value` unless it is a whole number in `range`.
  func integer(of name: String, in range: ClosedRange<Int>) throws(LanguageError) -> Int? {
    guard let text = try value(of: name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw LanguageError(
        .badValue,
        "--\(name): expected a whole number in \(range.lowerBound)...\(range.upperBound), "
          + "found \"\(printable(text))\"",
        hint: "for example --\(name) \(range.lowerBound)")
    }
    return number
  }

  /// - Throws: `missing-value`, or `bad-value` unless it is a finite number in `range`.
  func number(of name: String, in range: ClosedRange<Double>) throws(LanguageError) -> Double? {
    guard let text = try value(of: name) else { return nil }
    guard let number = Double(text), number.isFinite, range.contains(number) else {
      throw LanguageError(
        .badValue,
        "--\(name): expected a number in \(range.lowerBound)...\(range.upperBound), "
          + "found \"\(printable(text))\"",
        hint: "for example --\(name) \(range.lowerBound)")
    }
    return number
  }

  /// - Throws: `unknown-option` for the first option that is not in `known`.
  func checkOptions(known: [String]) throws(LanguageError) {
    for option in options where !known.contains(option.name) {
      let names = known.map { "--" + $0 }.joined(separator: ", ")
      let hint =
        option.name == "json"
        ? "`mode json` changes the form of answers; a program starts `eau --json`"
        : didYouMean(option.name, among: known).map { "did you mean --\($0)?" }
          ?? (known.isEmpty ? "this command takes no options" : "choose from: \(names)")
      throw LanguageError(
        .unknownOption, "unknown option --\(printable(option.name))", hint: hint)
    }
  }

  /// - Throws: `too-many-arguments` when more than `limit` words stand alone.
  func checkPositional(atMost limit: Int) throws(LanguageError) {
    guard positional.count > limit else { return }
    throw LanguageError(
      .tooManyArguments,
      "expected at most \(limit) \(limit == 1 ? "argument" : "arguments"), found "
        + "\(positional.count): \"\(printable(positional[limit]))\" is one too many",
      hint: "put quotes around a text with blanks")
  }

  private static func isEndOfOptions(_ word: Word, _ onlyPositional: Bool) -> Bool {
    !onlyPositional && !word.quoted && word.text == "--"
  }

  private static func option(in word: Word) -> Option? {
    guard word.plainPrefix > 2, word.text.hasPrefix("--") else { return nil }
    let body = word.text.unicodeScalars.dropFirst(2)
    let plain = body.prefix(word.plainPrefix - 2)
    guard let equals = plain.firstIndex(of: "=") else {
      return Option(name: String(body), value: nil)
    }
    return Option(
      name: String(body[..<equals]), value: String(body[body.index(after: equals)...]))
  }

  /// `key=value` where the key is an identifier: a letter or `_`, then letters, digits, `_`, `-`
  /// and `.`, all ASCII.
  private static func setting(in word: Word) -> Setting? {
    let scalars = word.text.unicodeScalars
    guard let equals = scalars.prefix(word.plainPrefix).firstIndex(of: "=") else { return nil }
    let key = scalars[..<equals]
    guard let first = key.first, isKeyStart(first), key.allSatisfy(isKeyPart) else { return nil }
    return Setting(
      key: String(key), value: String(scalars[scalars.index(after: equals)...]))
  }

  private static func isKeyStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": true
    default: false
    }
  }

  private static func isKeyPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "-", ".": true
    default: isKeyStart(scalar)
    }
  }
}
