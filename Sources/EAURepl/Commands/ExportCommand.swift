import Foundation
import Fusion
import ModalityKit

struct ExportCommand: Command {
  static let name = "export"
  static let usage = "export features FILE [MODALITY] | export sample FILE [MODALITY]"
  static let summary = "write features, or the current signal, into a file"
  static let examples = [
    "export features demo.safetensors", "export features image.npy image",
    "export sample spoiled.png", "export sample spoiled.wav audio",
  ]
  static let details = """
    features   the rows of the open data set as its encoders give them, with ids,
               labels and splits: .safetensors (with the names of the features;
               sparse rows stay sparse), .npy (a record a sample; no names) or
               .csv (a column a feature)
    sample     what the model reads now of one modality, spoiled as it is: .png a
               picture, .wav a sound, .txt a text, .json any signal
    A file is written whole or not at all.
    """
  static let parameters: [Parameter] = [
    .word("WHAT", .choice(["features", "sample"]), "the data set's rows, or the current signal"),
    .word(
      "FILE",
      .file(
        FeatureExport.Format.allCases.map(\.rawValue) + SampleExport.Format.allCases.map(\.rawValue)
      ),
      "its ending says the format"),
    .word("MODALITY", .modality, "this one alone", optional: true),
  ]
  static let seeAlso = ["inspect", "plot", "save"]

  private enum Action {
    case features(FeatureExport.Format)
    case sample(SampleExport.Format)
  }

  private let action: Action
  private let file: String
  private let modality: String?

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(2...3, Self.self)
    file = words[1]
    modality = words.count > 2 ? words[2] : nil
    switch words[0] {
    case "features": action = .features(try Self.format(of: words[1]))
    case "sample": action = .sample(try Self.format(of: words[1]))
    default: throw CommandError.unknown("export", words[0], among: ["features", "sample"])
    }
  }

  /// By the file's ending.
  private static func format<Format: CaseIterable & RawRepresentable<String>>(
    of file: String
  ) throws -> Format {
    let ending = (file as NSString).pathExtension.lowercased()
    guard let format = Format(rawValue: ending) else {
      let known = Format.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
      throw CommandError(
        "unknown-format", "expected a file that ends in \(known), found \(printable(file))",
        hint: "the ending says how it is written")
    }
    return format
  }

  private var path: String { (file as NSString).expandingTildeInPath }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    switch action {
    case .features(let format): try features(format, session, console)
    case .sample(let format): try sample(format, session)
    }
  }

  private func features(
    _ format: FeatureExport.Format, _ session: Session, _ console: Console
  ) throws -> Report {
    let data = try session.openData()
    let modalities =
      try modality.map { [try session.pipelineIndex(of: $0, in: data)] }
      ?? Array(data.pipelines.indices)
    try console.monitored { monitor, _ in
      try FeatureExport(data: data, modalities: modalities, monitor: monitor)
        .write(format, to: path)
    }
    let size = Self.size(path)
    let parts = modalities.map { m in
      (name: data.pipelines[m].name, features: data.pipelines[m].fitted.schema.count)
    }
    let list = parts.map { "\($0.name) \($0.features)" }.joined(separator: ", ")
    return Report(
      blocks: [
        .text(
          "wrote \(data.dataset.samples.count) samples to \(file) (\(NumberText.bytes(size))): "
            + "\(list) features")
      ],
      result: .object([
        ("file", .string(file)), ("format", .string(format.rawValue)), ("bytes", .integer(size)),
        ("samples", .integer(data.dataset.samples.count)),
        (
          "modalities",
          .array(
            parts.map {
              .object([("name", .string($0.name)), ("features", .integer($0.features))])
            })
        ),
      ]))
  }

  private func sample(_ format: SampleExport.Format, _ session: Session) throws -> Report {
    let name = try modality.map { try session.modality($0) }
    let export = try session.currentSample().exported(as: format, modality: name)
    try AtomicFile.write(try export.bytes(format), to: path)
    let size = Self.size(path)
    return Report(
      blocks: [
        .text("wrote \(export.part.modality) to \(file) (\(NumberText.bytes(size)))")
      ],
      result: .object([
        ("file", .string(file)), ("format", .string(format.rawValue)), ("bytes", .integer(size)),
        ("modality", .string(export.part.modality)),
      ]))
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
