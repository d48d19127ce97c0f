import Fusion
import ModalityKit

/// A place in a command where TAB was pressed.
struct CompletionPlace {
  let session: Session
  let command: any Command.Type
  /// The words between the verb and the cursor's.
  let words: [Word]
  /// What of the word is there already, without its quotes.
  let current: String
  /// The words before it that stand alone.
  let standing: [String]
  /// The option that waits for a value here.
  let pending: String?

  init(session: Session, command: any Command.Type, words: [Word], current: String) {
    self.session = session
    self.command = command
    self.words = words
    self.current = current
    let arguments = Arguments(words, flags: command.flags)
    standing = arguments.positional
    let last = words.last.map { !$0.quoted && $0.text.hasPrefix("--") && $0.text != "--" } ?? false
    pending =
      last ? arguments.options.last.flatMap { $0.value == nil ? $0.name : nil } : nil
  }

  /// How many words stand alone before this one.
  var position: Int { standing.count }

  /// Whatever these parameters allow here.
  func candidates(_ parameters: [Parameter]) -> [String] {
    if let pending {
      let option = parameters.first { $0.form == .option && $0.name == pending }
      if let option { return values(option.values) }
    }
    if current.hasPrefix("--") { return options(parameters) }
    let words = parameters.filter { $0.form == .word }
    let word =
      position < words.count ? words[position] : words.last.flatMap { $0.repeats ? $0 : nil }
    let here = word.map { values($0.values) } ?? []
    let settings = settings(parameters)
    // Where nothing else can stand, the options are what there is to know.
    return here.isEmpty && settings.isEmpty && current.isEmpty
      ? options(parameters) : here + settings
  }

  /// `--name` of those that can be given still, `--name=VALUE` once that has begun.
  func options(_ parameters: [Parameter]) -> [String] {
    let given = Set(Arguments(words, flags: command.flags).options.map(\.name))
    let options = parameters.filter { $0.form == .option || $0.form == .flag }
    if let option = options.first(where: { current.hasPrefix("--\($0.name)=") }) {
      return values(option.values).map { "--\(option.name)=\($0)" }
    }
    return options.filter { $0.repeats || !given.contains($0.name) }.map { "--" + $0.name }
  }

  /// `name=` of those that can be given still, `name=VALUE` once that has begun.
  func settings(_ parameters: [Parameter]) -> [String] {
    let given = Set(Arguments(words, flags: command.flags).settings.map(\.key))
    let settings = parameters.filter { $0.form == .setting }
    if let setting = settings.first(where: { current.hasPrefix("\($0.name)=") }) {
      return values(setting.values).map { "\(setting.name)=\($0)" }
    }
    return settings.filter { !given.contains($0.name) }.map { $0.name + "=" }
  }

  private func values(_ values: Parameter.Values) -> [String] {
    switch values {
    case .none, .text, .integers, .numbers: []
    case .choice(let words): words
    case .file(let endings): paths(endings)
    case .modality: session.modalities
    case .corruption:
      standing.last { session.modalities.contains($0) }
        .flatMap { try? session.encoder(for: $0).corruptions.map(\.name) } ?? []
    case .encoder: session.core.encoderTypes.map(\.descriptor.identifier)
    case .sample: session.data?.dataset.samples.ids.lazy.filter(continuesCurrent) ?? []
    case .label: session.data?.dataset.classes ?? []
    case .split: Dataset.Split.allCases.map(\.rawValue)
    case .command: Commands.all.map { $0.name }
    case .dataset: OpenCommand.named + paths(["csv", "jsonl"])
    case .either(let several): several.flatMap { self.values($0) }
    }
  }

  private func continuesCurrent(_ word: String) -> Bool { word.hasPrefix(current) }
}
