import ModalityKit

struct UseCommand: Command {
  static let name = "use"
  static let usage = "use MODALITY[,MODALITY …] ENCODER [key=value …]"
  static let summary = "choose and configure the encoder of a modality"
  static let examples = [
    "use text bag-of-words weighting=counts", "use image thumbnail-hog size=96",
    "use pix,fou,fac vector scaling=none",
  ]
  static let details = """
    Encodes the open data set again. A model trained with other features is let go. A modality that
    the open data set lacks is remembered for the next one.
    `encoders` lists encoders and parameters. Several modalities may use `vector`.
    """
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "one or several, separated by commas"),
    .word("ENCODER", .encoder, "what `encoders` lists; its parameters follow as key=value"),
  ]
  static let seeAlso = ["encoders", "plugin", "open"]

  static func candidates(at place: CompletionPlace) -> [String] {
    guard place.position >= 1, let modality = place.standing.first else {
      return place.candidates(parameters)
    }
    let types = place.session.core.encoderTypes.map(\.descriptor)
    if place.position == 1 {
      return types.filter { modality.contains($0.modality) || $0.traits.contains(.numeric) }
        .map(\.identifier)
    }
    let chosen = types.first { $0.identifier == place.standing[1] }
    return place.settings((chosen?.parameters ?? []).map { Parameter($0) })
  }

  private let modalities: [String]
  private let encoder: String
  private let settings: [Arguments.Setting]
  private let written: String

  init(_ arguments: Arguments) throws {
    guard arguments.positional.count == 2 else {
      throw CommandError.usage(
        Self.self, "expected a modality and an encoder, found \(arguments.positional.count)")
    }
    modalities = arguments.positional[0].split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    encoder = arguments.positional[1]
    settings = arguments.settings
    written = "use \(arguments.written)"
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let type = session.core.encoderType(identifier: encoder) else {
      throw CommandError.unknown(
        "encoder", encoder, among: session.core.encoderTypes.map(\.descriptor.identifier))
    }
    let modalities = try modalities.map { try modality($0, type.descriptor, in: session) }
    let made = try type.make(options: settings.map { ($0.key, $0.value) })
    session.chosenEncoders.removeAll { modalities.contains($0.modality) }
    session.chosenEncoders += modalities.map { ($0, made) }
    var notes: [Block] = []
    let later = modalities.filter { !session.modalities.contains($0) }
    if !later.isEmpty, session.data != nil || session.model != nil {
      notes.append(.note("kept for a data set that has \(later.joined(separator: ", "))"))
    }
    if later.count < modalities.count { notes += try reencode(&session, console) }
    session.refreshSample()
    session.script.note(written, key: "use \(modalities.joined(separator: ","))")
    let configuration = String(decoding: made.configurationJSON, as: UTF8.self)
    return Report(
      blocks: modalities.map { .text("\($0) is read by \(encoder) \(configuration)") } + notes,
      result: .object([
        ("modality", .string(modalities.joined(separator: ","))), ("encoder", .string(encoder)),
        ("configuration", (try? JSONValue.parse(configuration)) ?? .null),
      ]))
  }

  /// The model goes, the open data set is read anew.
  private func reencode(_ session: inout Session, _ console: Console) throws -> [Block] {
    var notes: [Block] = []
    if session.model != nil {
      session.model = nil
      notes.append(.note("the model was trained with other features and was let go; `train` again"))
    }
    if let data = session.data {
      let encoded = try session.encode(data.dataset, console)
      session.data = encoded.data
      notes += encoded.notes.map { .note($0) }
    }
    return notes
  }

  /// A data set that is not open yet may have modalities that this one lacks: the one the encoder is
  /// for and, where nothing is open, of any name for numbers, which only their owner can say how to
  /// read.
  private func modality(
    _ word: String, _ encoder: EncoderDescriptor, in session: Session
  ) throws -> String {
    let isFree =
      encoder.traits.contains(.numeric) && session.data == nil && session.model == nil
    return isFree || word == encoder.modality ? word : try session.modality(word)
  }
}
