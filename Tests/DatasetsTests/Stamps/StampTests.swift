import Datasets
import Foundation
import ModalityKit
import Testing

/// Against a folder made for the test, and against Debian's stamps where they are installed.
@Suite struct StampTests {
  static let debianFolder = "/usr/share/tuxpaint/stamps"
  static let isInstalled =
    FileManager.default.fileExists(atPath: debianFolder) && hasRasteriser
  static let hasRasteriser = FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert")

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func environment(path: String = "/usr/bin:/bin") -> [String: String] {
    [
      "EAU_STAMPS": "\(folder.path)/stamps", "XDG_CACHE_HOME": "\(folder.path)/cache",
      "PATH": path,
    ]
  }

  private func addStamp(
    _ key: String, picture: String = ".png", text: String = "A thing.", content: String = "x"
  ) throws {
    try folder.write("stamps/\(key)\(picture)", content)
    try folder.write("stamps/\(key)_desc_fr.ogg")
    try folder.write("stamps/\(key).txt", "\(text)\nfr.utf8=Une chose.\nde.utf8=\n")
  }

  private let drawing =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"><rect width=\"4\" "
    + "height=\"4\"/></svg>"

  private func load(
    _ options: StampOptions = StampOptions(), path: String = "/usr/bin:/bin"
  ) throws -> LoadedDataset {
    try DatasetLoader.stamps(options, environment: environment(path: path))
  }

  @Test func pictureSpeechAndText() throws {
    try addStamp("animals/birds/owl", text: "An owl.")
    try addStamp("animals/birds/owl_mirror", text: "Mirrored.")
    try addStamp("food/apple", text: "An apple.")
    try addStamp("symbols/alphabets/a", text: "The letter a.")
    try addStamp("military/tank", text: "Not one of the classes.")
    try folder.write("stamps/food/silent.png")
    let loaded = try load()
    #expect(loaded.dataset.classes == ["animals", "food"])
    #expect(loaded.dataset.samples.map(\.id) == ["animals/birds/owl", "food/apple"])
    let inputs = try #require(loaded.dataset.samples.first).inputs
    #expect(inputs[0]?.name == "\(folder.path)/stamps/animals/birds/owl.png")
    #expect(inputs[1]?.name == "\(folder.path)/stamps/animals/birds/owl_desc_fr.ogg")
    #expect(try #require(inputs[2]).bytes(limit: 100) == Array("An owl.".utf8))
    #expect(loaded.notes.count == 1)
    #expect(loaded.notes.first?.hasPrefix("1 of 3 stamps are left out") == true)
    let french = try load(StampOptions(audio: "fr", text: "fr"))
    #expect(
      try #require(french.dataset.samples[0].inputs[2]).bytes(limit: 100)
        == Array("Une chose.".utf8))
  }

  @Test func localesThatNoStampHas() throws {
    try addStamp("animals/owl")
    try addStamp("food/apple")
    let speech = #expect(throws: DatasetError.self) { try load(StampOptions(audio: "xx")) }
    #expect(speech?.kind == .unknownLocale)
    #expect(speech?.hint == "spoken: fr; or effect")
    let text = #expect(throws: DatasetError.self) { try load(StampOptions(text: "de")) }
    #expect(text?.hint == "written: en, fr")
  }

  @Test func missingFolder() {
    let error = #expect(throws: DatasetError.self) { try load() }
    #expect(error?.kind == .stampsMissing)
    #expect(error?.message.contains(folder.path) == true)
    #expect(error?.hint.contains("make stamps") == true)
  }

  @Test func drawingsWithoutTheProgramAreLeftOutAndNamed() throws {
    try addStamp("animals/owl")
    try addStamp("food/apple")
    try addStamp("food/pear", picture: ".svg", content: drawing)
    let loaded = try load(path: "\(folder.path)/nowhere")
    #expect(loaded.dataset.samples.count == 2)
    #expect(loaded.notes.count == 1)
    #expect(loaded.notes.first?.contains("librsvg2-bin") == true)
  }

  @Test(.enabled(if: hasRasteriser, "needs rsvg-convert"))
  func drawingsAreRasterisedOnce() throws {
    try addStamp("animals/owl")
    try addStamp("food/apple")
    try addStamp("food/pear", picture: ".svg", content: drawing)
    try addStamp("food/broken", picture: ".svg", content: "<svg")
    try addStamp(
      "food/hostile", picture: ".svg", content: "<!DOCTYPE svg [<!ENTITY a \"aa\">]>" + drawing)
    var calls: [[Int]] = []
    let loaded = try DatasetLoader.stamps(environment: environment()) { calls.append([$0, $1]) }
    #expect(loaded.dataset.samples.map(\.id) == ["animals/owl", "food/apple", "food/pear"])
    #expect(loaded.notes.first?.hasPrefix("2 of 3 stamps that are drawings are left out") == true)
    #expect(calls == [[0, 2], [1, 2], [2, 2]])
    let picture = try #require(loaded.dataset.samples.last?.inputs[0]?.name)
    #expect(picture.hasPrefix("\(folder.path)/cache/eau/stamps/"))
    let bytes = try RawInput.file(path: picture).bytes(limit: 1 << 20)
    #expect(Array(bytes[16..<24]) == [0, 0, 1, 0, 0, 0, 0, 128])
    let made = try modificationDate(picture)
    _ = try load()
    #expect(try modificationDate(picture) == made)
    let left = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/cache")
    #expect(left.count { $0.hasSuffix(".draft") } == 0)
  }

  private func modificationDate(_ path: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  @Test(.enabled(if: isInstalled, "needs tuxpaint-stamps-default and librsvg2-bin: `make stamps`"))
  func debianStamps() throws {
    let loaded = try DatasetLoader.stamps(environment: ProcessInfo.processInfo.environment)
    let dataset = loaded.dataset
    #expect(dataset.samples.count == 717)
    let counts = dataset.classes.indices.map { label in
      "\(dataset.classes[label]) \(dataset.samples.count { $0.label == label })"
    }
    #expect(
      counts == [
        "animals 144", "clothes 47", "food 72", "household 73", "people 27", "plants 40",
        "seasonal 69", "space 17", "symbols 91", "town 79", "vehicles 58",
      ])
    #expect(dataset.samples.allSatisfy { $0.inputs.allSatisfy { $0 != nil } })
    let texts = try Set(dataset.samples.map { try $0.inputs[2]?.bytes(limit: 1 << 16) })
    #expect(texts.count == 644)
  }
}
