import Foundation
import Fusion
import ModalityKit

struct RestoreCommand: Command {
  static let name = "restore"
  static let usage = "restore FILE"
  static let summary = "read a model that `save` wrote"
  static let examples = ["restore demo.safetensors"]
  static let details = "The open data set is encoded again with the model's own encoders."
  static let parameters: [Parameter] = [
    .word("FILE", .file(["safetensors"]), "what `save` wrote")
  ]
  static let seeAlso = ["save", "train"]

  static let sizeLimit = 1 << 30

  private let path: String

  init(_ arguments: Arguments) throws { path = try arguments.words(1...1, Self.self)[0] }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let bytes = try RawInput.file(path: (path as NSString).expandingTildeInPath)
      .bytes(limit: Self.sizeLimit)
    let model: TrainedModel
    do {
      model = try TrainedModel(decoding: bytes, core: session.core)
    } catch let error as FusionError {
      throw CommandError(error.code, "\(path): \(error.message)", hint: error.hint)
    }
    session.model = model
    var notes: [Block] = []
    if let data = session.data {
      if (try? session.checkModelFitsData()) == nil {
        session.data = nil
        notes.append(.note("the open data set does not fit the model and was closed"))
      } else {
        let encoded = try session.encode(data.dataset, by: model.pipelines, console)
        session.data = encoded.data
        notes += encoded.notes.map { .note($0) }
      }
    }
    session.refreshSample()
    let modalities = model.pipelines.map { "\($0.name) (\($0.encoder.descriptor.identifier))" }
    return Report(
      blocks: [
        .text(
          "restored \(model.options.preset.rawValue) model of \(model.dataset): "
            + "\(model.task.text), \(modalities.joined(separator: ", "))")
      ] + notes,
      result: .object([
        ("file", .string(path)), ("preset", .string(model.options.preset.rawValue)),
        ("dataset", .string(model.dataset)), model.task.json,
        ("modalities", JSONValue(model.pipelines.map(\.name))),
      ]))
  }
}
