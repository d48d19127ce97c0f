import Foundation
import FoundationXML
import Testing

@testable import EAURepl

/// `plot features`, and the pictures of the guides that are made with it.
@Suite("plot", .enabled(if: EauProcess.isBuilt))
struct PlotSessionTests {
  static let pictures = DocumentationTests.root.appending(path: "docs/encoders/pictures")

  /// Runs a script of the pictures' folder, and compares what it draws with what lies there.
  private func check(
    _ script: String, _ names: [String], environment: [String: String] = [:]
  ) throws {
    let workspace = try Workspace()
    let run = try EauProcess.run(
      ["-f", Self.pictures.appending(path: script).path], in: workspace, environment: environment)
    #expect(run.status == 0, "\(run.stderr)")
    for name in names {
      let drawn = try Self.elements(workspace.folder.appending(path: name))
      let kept = try Self.elements(Self.pictures.appending(path: name))
      #expect(drawn.count > 15, "\(name)")
      #expect(drawn == kept, "\(name): run \(script) again in docs/encoders/pictures")
    }
  }

  /// Everything that is to be read, and which kinds of marks there are how often. Numbers are left
  /// out: other processors round otherwise.
  private static func elements(_ file: URL) throws -> [String] {
    let document = try XMLDocument(data: try Data(contentsOf: file))
    let all = try document.nodes(forXPath: "//*").compactMap { $0 as? XMLElement }
    return all.map { element in
      let text = element.name == "text" ? element.stringValue ?? "" : ""
      return "\(element.name ?? "") \(Double(text) == nil && !text.contains("…") ? text : "")"
    }.filter { !$0.hasPrefix("line") }
  }

  @Test func theGuidesPicturesAreWhatTheProgramDraws() throws {
    try check(
      "demo.eau", ["thumbnail-hog.svg", "mfcc.svg", "bag-of-words.svg", "hashed-words.svg"])
  }

  @Test(.enabled(if: Handwritten.folder != nil)) func andSoIsThePictureOfNumbers() throws {
    try check(
      "handwritten.eau", ["vector.svg"],
      environment: ["EAU_HANDWRITTEN": try #require(Handwritten.folder)])
  }

  /// docs/pictures.md: what is to be read and which marks there are, once each, whatever the numbers.
  @Test func andSoAreThePicturesOfThePlots() throws {
    let folder = DocumentationTests.root.appending(path: "docs/pictures")
    let workspace = try Workspace()
    let run = try EauProcess.run(
      ["-f", folder.appending(path: "demo.eau").path], in: workspace)
    #expect(run.status == 0, "\(run.stderr)")
    // Those of growth are measured, not drawn from the demo.
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".svg") && !$0.hasPrefix("growth-")
    }
    #expect(kept.count == 8)
    for name in kept {
      let drawn = try Self.looks(workspace.folder.appending(path: name))
      #expect(drawn.count > 6, "\(name)")
      #expect(
        try drawn == Self.looks(folder.appending(path: name)),
        "\(name): run demo.eau again in docs/pictures")
    }
  }

  private static func looks(_ file: URL) throws -> Set<String> {
    Set(
      try elements(file).map {
        $0.replacing(#/-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/#, with: "#")
      })
  }

  @Test func withoutAFileItDrawsInTheTerminal() throws {
    let trained = try DemoModel.trained()
    let run = try EauProcess.run(
      ["-c", "restore '\(trained.path)'; open demo; sample 5; plot features --top 3"],
      in: try Workspace())
    #expect(run.status == 0, "\(run.stderr)")
    for words in ["mel spectrogram: 40 bands", "band 40", "band 1", "dB", "thumbnail of 12 × 12"] {
      #expect(run.stdout.contains(words), "\(words)")
    }
    #expect(run.stdout.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
  }

  @Test func wrongUseIsExplained() throws {
    let trained = try DemoModel.trained()
    let run = try EauProcess.run(
      [
        "--keep-going", "-c", "restore '\(trained.path)'", "-c", "load text 'a <bell> & \"rain\"'",
        "-c", "plot", "-c", "plot mood", "-c", "plot features text picture.jpg",
        "-c", "plot features image", "-c", "plot features text /no/such/folder/x.svg",
        "-c", "plot features text escaped.svg",
      ], in: try Workspace())
    for words in [
      "expected what to draw", "mood", "ends in .svg or .png", "the current sample has no image",
      "cannot write",
    ] {
      #expect(run.stderr.contains(words), "\(words): \(run.stderr)")
    }
    #expect(run.stdout.contains("drew escaped.svg"))
  }
}
