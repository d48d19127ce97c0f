import Foundation
import ModalityKit

struct PlotCommand: Command {
  static let name = "plot"
  static let usage = "plot features [MODALITY] [FILE.svg] [--top N]"
  static let summary = "draw what the features of the current sample look like"
  static let examples = ["plot features", "plot features audio spectrogram.svg"]
  static let details = """
    features   the signal, what its features are computed from (thumbnail and gradients, spectrogram \
    and MFCC), and the features that stand out
    """
  static let parameters: [Parameter] = [
    .word("WHAT", .choice(["features"]), "what to draw"),
    .word("MODALITY", .modality, "only this one", optional: true),
    .word("FILE", .file(["svg"]), "draws into a file instead of here", optional: true),
    .option("top", .integers(1...1000), "how many features a modality (10)"),
  ]
  static let seeAlso = ["inspect", "weights"]

  private let wanted: String?
  private let file: String?
  private let top: Int

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(1...3, Self.self)
    guard words[0] == "features" else {
      throw CommandError.unknown("plot", words[0], among: ["features"])
    }
    let rest = words.dropFirst()
    let files = rest.filter { $0.contains(".") || $0.contains("/") }
    guard files.count <= 1, rest.count - files.count <= 1 else {
      throw CommandError.usage(Self.self, "expected one modality and one file at most")
    }
    if let file = files.first, !file.lowercased().hasSuffix(".svg") {
      throw CommandError.usage(Self.self, "expected a file that ends in .svg, found \(file)")
    }
    wanted = rest.first { !files.contains($0) }
    file = files.first
    top = try arguments.integer(of: "top", in: 1...1000) ?? 10
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let shown = try session.presentModalities(wanted)
    let views = try shown.map { try session.features($0, count: top) }
    let blocks = zip(shown, views).flatMap { modality, features in
      [.heading(modality.name)] + (modality.part.map(SampleView.blocks) ?? [])
        + features.drawn + [.bars(features.bars)]
    }
    let modalities = ("modalities", JSONValue(shown.map(\.name)))
    guard let file else {
      return Report(blocks: blocks, result: .object([modalities]))
    }
    let title = "features of \(session.sample?.title ?? "the current sample")"
    let picture = try SVGRenderer.render(blocks, title: title)
    try AtomicFile.write(Array(picture.utf8), to: (file as NSString).expandingTildeInPath)
    return Report(
      blocks: [.text("drew \(file)")], result: .object([("file", .string(file)), modalities]))
  }
}
