import Foundation
import ModalityKit

struct PlotCommand: Command {
  static let name = "plot"
  static let usage = "plot WHAT [...] [FILE.svg|FILE.png] [--inline]"
  static let summary = "draw a picture here, or into an SVG or PNG file"
  static let examples = [
    "plot latent image", "plot sweep image gaussian sweep.svg", "plot features audio mfcc.png",
  ]
  static var details: String {
    "WHAT can be\n"
      + Plots.all.map { "  \($0.usage)\n      \($0.summary)" }.joined(separator: "\n")
        + """


        Where the terminal says that it shows images (Kitty's protocol, sixel), pictures come as \
        images; EAU_IMAGES=kitty, sixel or off decides it.
        """
  }
  static var parameters: [Parameter] {
    [
      .word("WHAT", .choice(Plots.all.map { $0.name }), "what to draw, see below"),
      .word("...", .either([.modality, .corruption]), "what it needs", optional: true),
      file,
    ] + Plots.options + [inline]
  }
  static let seeAlso = ["inspect", "weights", "sweep", "evaluate"]

  private static let file = Parameter.word(
    "FILE", .file(PictureFile.Format.allCases.map(\.rawValue)),
    "draws into a file instead of here", optional: true)
  private static let inline = Parameter.flag(
    "inline", "as an image in the terminal, or an error where it shows none")

  static func candidates(at place: CompletionPlace) -> [String] {
    guard let what = place.standing.first, let plot = try? Plots.named(what) else {
      return place.candidates(parameters)
    }
    // Where a word may be left out, the file may come already.
    let words = plot.parameters.map { parameter in
      parameter.form == .word && parameter.isOptional
        ? .word(parameter.name, .either([parameter.values, file.values]), parameter.meaning)
        : parameter
    }
    return place.candidates([.word("WHAT", .none, "")] + words + [file, inline])
  }

  private let plot: any Plot
  private let file: String?
  private let isInline: Bool

  init(_ arguments: Arguments) throws {
    try arguments.checkNoSettings(Self.self)
    guard let what = arguments.positional.first else {
      throw CommandError(
        "usage", "plot: expected what to draw",
        hint: "one of \(Plots.all.map { $0.name }.joined(separator: ", "))")
    }
    let kind = try Plots.named(what)
    let rest = arguments.positional.dropFirst()
    let files = rest.filter { $0.contains(".") || $0.contains("/") }
    let words = rest.filter { !files.contains($0) }
    guard files.count <= 1, kind.words.contains(words.count) else {
      throw Self.usage(kind, "found \(words.count) words and \(files.count) files")
    }
    let known = kind.options + Self.flags
    if let foreign = arguments.options.first(where: { !known.contains($0.name) }) {
      throw Self.usage(kind, "it has no --\(printable(foreign.name))")
    }
    file = files.first
    if let file { _ = try PictureFile.format(of: file) }
    isInline = arguments.has(Self.inline.name)
    plot = try kind.init(Array(words), arguments)
  }

  private static func usage(_ kind: any Plot.Type, _ what: String) -> CommandError {
    CommandError(
      "usage", "plot \(kind.name): \(what)",
      hint: "usage: plot \(kind.usage) [FILE.svg|FILE.png]")
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let drawing = try plot.draw(&session, console)
    let what: [(String, JSONValue)] = [("plot", .string(type(of: plot).name))]
    if let file {
      try PictureFile.write(drawing.blocks, title: drawing.title, to: file)
      return Report(
        blocks: [.text("drew \(file)")],
        result: .object(what + [("file", .string(file))] + drawing.result))
    }
    var report = Report(blocks: drawing.blocks, result: .object(what + drawing.result))
    if let format = try console.imageFormat(isAsked: isInline, session.desk.mode) {
      report.inline = try InlineImage(drawing.blocks, format, console.style(STDOUT_FILENO))
    }
    return report
  }
}
