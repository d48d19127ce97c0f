import Foundation
import Fusion
import ModalityKit

struct SaveCommand: Command {
  static let name = "save"
  static let usage = "save FILE"
  static let summary = "write the model to a safetensors file"
  static let examples = ["save demo.safetensors"]
  static let parameters: [Parameter] = [
    .word("FILE", .file(["safetensors"]), "where to")
  ]
  static let seeAlso = ["restore"]

  private let path: String

  init(_ arguments: Arguments) throws { path = try arguments.words(1...1, Self.self)[0] }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let bytes = try session.trainedModel().encoded()
    try AtomicFile.write(bytes, to: (path as NSString).expandingTildeInPath)
    return Report(
      blocks: [.text("saved \(path) (\(bytes.count) bytes)")],
      result: .object([("file", .string(path)), ("bytes", .integer(bytes.count))]))
  }
}
