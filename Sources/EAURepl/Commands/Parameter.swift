import ModalityKit

/// What a command takes, and what it can be. Help, completion and the shells' completion derive from it.
struct Parameter: Equatable, Sendable {
  enum Form: Equatable, Sendable {
    /// Stands alone: `corrupt image`.
    case word
    /// `--name VALUE`
    case option
    /// `--name`
    case flag
    /// `name=VALUE`
    case setting
  }

  let form: Form
  /// As usage writes it: `MODALITY`; of options and flags without `--`.
  let name: String
  let values: Values
  let meaning: String
  /// May be left out; options, flags and settings always may.
  let isOptional: Bool
  /// May be given several times.
  let repeats: Bool

  static func word(
    _ name: String, _ values: Values, _ meaning: String, optional: Bool = false,
    repeats: Bool = false
  ) -> Parameter {
    Parameter(
      form: .word, name: name, values: values, meaning: meaning, isOptional: optional,
      repeats: repeats)
  }

  static func option(
    _ name: String, _ values: Values, _ meaning: String, repeats: Bool = false
  ) -> Parameter {
    Parameter(
      form: .option, name: name, values: values, meaning: meaning, isOptional: true,
      repeats: repeats)
  }

  static func flag(_ name: String, _ meaning: String) -> Parameter {
    Parameter(
      form: .flag, name: name, values: .none, meaning: meaning, isOptional: true, repeats: false)
  }

  static func setting(_ name: String, _ values: Values, _ meaning: String) -> Parameter {
    Parameter(
      form: .setting, name: name, values: values, meaning: meaning, isOptional: true,
      repeats: false)
  }

  static let split = Parameter.option("split", .split, "which samples (test)")
  static let seed = Parameter.option(
    "seed", .integers(0...Int.max), "another seed than the session's")

  /// `--seed N`, `SEVERITY`, `limit=N`: as help shows it.
  var heading: String {
    switch form {
    case .word: name
    case .flag: "--\(name)"
    case .option: "--\(name) \(values.placeholder)"
    case .setting: "\(name)=\(values.placeholder)"
    }
  }
}

extension Parameter {
  /// What a value can be.
  indirect enum Values: Equatable, Sendable {
    /// Flags have none.
    case none
    /// Any text; the word stands for it in usage.
    case text(String)
    case integers(ClosedRange<Int>)
    case numbers(ClosedRange<Double>)
    case choice([String])
    /// A path; the endings it should have, without the point, or none for any.
    case file([String])
    case modality, corruption, encoder, sample, label, split, command, dataset
    case either([Values])

    /// The word in usage: `N`, `FILE.svg`.
    var placeholder: String {
      switch self {
      case .none: ""
      case .text(let word): word
      case .integers: "N"
      case .numbers: "X"
      case .choice(let words): words.joined().count <= 10 ? words.joined(separator: "|") : "WORD"
      case .file(let endings): endings.count == 1 ? "FILE.\(endings[0])" : "FILE"
      case .modality: "MODALITY"
      case .corruption: "KIND"
      case .encoder: "ENCODER"
      case .sample: "SAMPLE"
      case .label: "LABEL"
      case .split: "SPLIT"
      case .command: "COMMAND"
      case .dataset: "DATASET"
      case .either(let values): values.map(\.placeholder).joined(separator: "|")
      }
    }

    /// What help says of the values: `0…10`, `train, validation, test`; empty where the meaning
    /// says it all.
    var range: String {
      switch self {
      case .none, .text, .file: ""
      case .integers(let range):
        range.upperBound == .max
          ? "from \(range.lowerBound)" : "\(range.lowerBound)…\(range.upperBound)"
      case .numbers(let range):
        range.upperBound == .infinity
          ? "from \(NumberText.short(range.lowerBound))"
          : "\(NumberText.short(range.lowerBound))…\(NumberText.short(range.upperBound))"
      case .choice(let words): words.joined(separator: ", ")
      case .split: "train, validation, test"
      case .modality: "of the data set or model"
      case .corruption: "see `encoders`"
      case .encoder: "see `encoders`"
      case .sample: "number or id"
      case .label: "a class"
      case .command, .dataset: ""
      case .either(let values):
        values.map(\.range).filter { !$0.isEmpty }.joined(separator: ", ")
      }
    }
  }
}

extension Parameter {
  /// An option of a training or an encoder, written `name=VALUE`.
  init(_ descriptor: ParameterDescriptor) {
    let values: Values
    let standard: String
    switch descriptor.kind {
    case .integer(let range, let value): (values, standard) = (.integers(range), "\(value)")
    case .real(let range, let value):
      (values, standard) = (.numbers(range), NumberText.short(value))
    case .choice(let words, let value): (values, standard) = (.choice(words), value)
    case .flag(let value): (values, standard) = (.choice(["on", "off"]), value ? "on" : "off")
    }
    let unit = descriptor.unit.map { ", \($0)" } ?? ""
    self = .setting(descriptor.name, values, "\(descriptor.summary)\(unit) (\(standard))")
  }
}
