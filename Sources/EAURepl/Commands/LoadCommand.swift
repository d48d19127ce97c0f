import Foundation
import ModalityKit

struct LoadCommand: Command {
  static let name = "load"
  static let usage =
    "load image FILE.png | load audio FILE | load text \"WORDS\"|FILE | load MODALITY VALUE"
  static let summary = "make a sample of raw files and sentences, or add to it"
  static let examples = [
    "load image cat.png", "load audio meow.ogg", "load text \"a small cat\"", "load text tale.txt",
    "load mor \"1, 0, 0, 133.15, 1.31, 1620\"",
  ]
  static let details = """
    The first `load` after a sample of the data set begins a new sample of raw files; further ones
    add to it. Modalities not given are left out of the fusion: nothing is imputed. A single word
    with a point or a slash in it that is the path of a file is read as one, also for text.
    """
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "what the file or the sentence is"),
    .word("VALUE", .file([]), "a path, a sentence in quotes, or numbers"),
  ]
  static let seeAlso = ["sample", "inspect", "weights"]

  private let modality: String
  private let value: String

  init(_ arguments: Arguments) throws {
    try arguments.checkNoSettings(Self.self)
    guard arguments.positional.count >= 2 else {
      throw CommandError.usage(
        Self.self, "expected a modality and a value, found \(arguments.positional.count)")
    }
    guard arguments.positional.count == 2 else {
      throw CommandError.usage(Self.self, "expected one value: put quotes around a sentence")
    }
    modality = arguments.positional[0]
    value = arguments.positional[1]
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let modality = try session.modality(modality)
    let part = try session.part(
      modality, Self.rawInput(value, for: try session.encoder(for: modality).descriptor))
    var sample = session.sample ?? CurrentSample(title: "loaded")
    if sample.index != nil { sample = CurrentSample(title: "loaded") }
    sample.set(part, order: session.modalities)
    session.sample = sample
    var report = SampleView.report(sample, only: modality)
    let names = sample.parts.map(\.modality).joined(separator: ", ")
    report.blocks.append(.text("the sample now has: \(names)"))
    if session.model == nil {
      report.blocks.append(.note("no model yet: `open demo; train`, then `weights`"))
    }
    return report
  }

  /// The value itself where the encoder reads words, or numbers and that, or a row of a table, is what
  /// it is; else a path.
  static func rawInput(_ value: String, for encoder: EncoderDescriptor) -> RawInput {
    let file = RawInput.file(path: (value as NSString).expandingTildeInPath)
    if encoder.modality == "text" { return namesFile(value) ? file : .text(value) }
    let text = RawInput.text(value)
    guard encoder.traits.contains(.numeric), text.holdsNumbers || text.holdsRecord,
      !FileManager.default.fileExists(atPath: value)
    else { return file }
    return text
  }

  /// Whether a word is the path of a file and not something to be said: `notes.txt`, `./rain`.
  private static func namesFile(_ word: String) -> Bool {
    guard word.contains("/") || word.contains("."), !word.contains(where: \.isWhitespace) else {
      return false
    }
    var isFolder: ObjCBool = false
    let path = (word as NSString).expandingTildeInPath
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}
