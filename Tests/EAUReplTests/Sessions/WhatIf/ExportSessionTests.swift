import Foundation
import Testing

@testable import EAURepl

/// `export`, read back by programs that know nothing of it: Python's standard library.
@Suite("export", .enabled(if: EauProcess.isBuilt))
struct ExportSessionTests {
  private func read(_ name: String, in workspace: Workspace) throws -> JSONValue {
    let output = try EauProcess.run(
      "/usr/bin/env",
      ["python3", Workspace.fixture("sessions/read_export.py").path, workspace.path(name)],
      in: workspace)
    #expect(output.status == 0, "\(output.stderr)")
    return try JSONValue.parse(output.stdout)
  }

  /// Three modalities, one of them sparse, in a manifest with holes and awkward ids.
  private func manifest(in workspace: Workspace) throws {
    try workspace.copy(fixture: "modalities/rgb-8.png", to: "a.png")
    try workspace.copy(fixture: "modalities/rgb-alpha-8.png", to: "b.png")
    let rows = (0..<8).map { i in
      let id = i == 3 ? "\"x, \"\"y\"\" ü\"" : "s\(i)"
      let image = i == 2 ? "" : i % 2 == 0 ? "a.png" : "b.png"
      let text = i == 5 ? "" : "a word\(i % 3) and more\(i % 2)"
      return
        "\(id),\(i % 2 == 0 ? "even" : "odd"),\(i < 6 ? "train" : "test"),\(image),\(text),\(i) \(i * i) 0.5"
    }
    try workspace.write(
      "id,label,split,image,text,pair\n" + rows.joined(separator: "\n") + "\n", to: "m.csv")
  }

  @Test func allFormatsHoldTheSameRows() throws {
    let workspace = try Workspace()
    try manifest(in: workspace)
    let results = try EauProcess.run(
      [
        "--json", "-c",
        """
        open m.csv; export features f.safetensors; export features f.npy; export features f.csv;
        export features t.csv text; train epochs=1; sample 4; inspect --features --top 5000
        """,
      ], in: workspace
    ).results()
    for result in results[1...3] {
      #expect(result.keys == ["file", "format", "bytes", "samples", "modalities"])
      #expect(result["samples"] == 8 && (result["bytes"]?.integer ?? 0) > 100)
    }
    let read = try ["f.safetensors", "f.npy", "f.csv"].map { try self.read($0, in: workspace) }
    for format in read {
      #expect(format["ids"]?[3] == "x, \"y\" ü" && format["ids"]?.elements?.count == 8)
      #expect(format["answers"] == ["even", "odd", "even", "odd", "even", "odd", "even", "odd"])
      #expect(format["splits"]?[5] == "train" && format["splits"]?[6] == "test")
      #expect(format["rows"]?.keys == ["image", "pair", "text"])
      // Not the rows themselves in a message: they are long.
      let isSame = format["rows"] == read[0]["rows"]
      #expect(isSame)
      #expect(format["rows"]?["image"]?[2] == .null && format["rows"]?["text"]?[5] == .null)
    }
    let areNamedAlike = read[0]["names"] == read[2]["names"]
    #expect(areNamedAlike)
    // What `inspect` says of a sample stands in its row, under the same names.
    for modality in try #require(results[7]["modalities"]?.elements) {
      let name = modality["name"]?.string ?? ""
      let names = (read[0]["names"]?[name]?.elements ?? []).compactMap(\.string)
      let row = try #require(read[0]["rows"]?[name]?[3]?.finiteNumbers)
      #expect(names.count == row.count && names.count == modality["features"]?.integer)
      for feature in modality["largest"]?.elements ?? [] {
        let column = try #require(names.firstIndex(of: feature["name"]?.string ?? ""))
        #expect(abs(row[column] - (feature["value"]?.double ?? .nan)) < 1e-6)
      }
    }
    #expect(try self.read("t.csv", in: workspace)["rows"]?.keys == ["text"])
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(!left.contains { $0.hasSuffix(".partial") })
  }

  @Test func numbersToBePredictedAreWritten() throws {
    let workspace = try Workspace()
    let names = ["r.safetensors", "r.npy", "r.csv"]
    _ = try EauProcess.run(
      [
        "--json", "-c",
        "open demo --regression; "
          + names.map { "export features \($0) text" }.joined(separator: ";"),
        "-c", "samples --limit 3",
      ], in: workspace
    ).results()
    let read = try names.map { try self.read($0, in: workspace) }
    let first = try #require(read[0]["answers"]?[0]?.double)
    #expect(first > 0)
    #expect(read[1]["answers"]?[0]?.double == first)
    #expect(read[2]["answers"]?[0]?.string.flatMap(Double.init) == first)
  }

  /// The picture that `load` reads again is the same one; the sound too, but for 16 bits.
  @Test func signalsAreWhatTheModelReads() throws {
    let workspace = try Workspace()
    let results = try DemoModel.trained().run(
      """
      open demo; sample 5; corrupt image gaussian 6; corrupt audio noise 5; corrupt text drop 4; \
      export sample p.png; export sample s.wav; export sample t.txt; export sample p.json image; \
      export sample s.json audio; export sample t.json text; load text t.txt; load audio s.wav
      """, in: workspace)
    let picture = try read("p.png", in: workspace)
    let json = try ["p.json", "s.json", "t.json"].map {
      try JSONValue.parse(
        String(decoding: Data(contentsOf: workspace.folder.appending(path: $0)), as: UTF8.self))
    }
    #expect(json[0]["signal"] == picture && picture["width"] == 64)
    #expect(json[0]["corruption"]?["kind"] == "gaussian" && json[0]["modality"] == "image")
    let sound = try read("s.wav", in: workspace)
    #expect(sound["rate"] == 16_000 && sound["channels"] == 1 && sound["width"] == 2)
    let samples = try #require(json[1]["signal"]?["samples"]?.finiteNumbers)
    let written = try #require(sound["samples"]?.finiteNumbers)
    #expect(samples.count == written.count && samples.count > 1000)
    #expect(zip(samples, written).allSatisfy { abs($0 - $1 / 32_767) < 1e-4 })
    let text = try String(contentsOf: workspace.folder.appending(path: "t.txt"), encoding: .utf8)
    let tokens = (json[2]["signal"]?["tokens"]?.elements ?? []).compactMap(\.string)
    #expect(text == tokens.joined(separator: " ") + "\n" && !tokens.isEmpty)
    #expect(results[5]["modality"] == "image" && results[5]["format"] == "png")
  }

  @Test(arguments: [
    ("export", "usage"), ("export features", "usage"), ("export features f.txt", "unknown-format"),
    ("export sample f.mp3", "unknown-format"), ("export nothing f.csv", "unknown-export"),
    ("export features no/such/folder/f.csv", "cannot-write"),
    ("export features f.csv sound", "unknown-modality"),
    ("export sample f.png text", "wrong-format"),
    ("drop image; export sample f.png image", "missing-modality"),
    ("drop image; export sample f.png", "missing-modality"),
    ("export sample f.json", "missing-modality"),
  ])
  func whatIsWrongIsSaid(command: String, code: String) throws {
    let workspace = try Workspace()
    let lines = try EauProcess.run(
      ["--json", "-c", "open demo; sample 5; \(command)"], in: workspace
    ).lines()
    #expect(lines.last?["error"]?["code"]?.string == code, "\(lines.last?.text() ?? "")")
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(!left.contains { $0.hasPrefix("f.") }, "\(left)")
  }

  @Test func npyHeadersAreAlignedAndEscaped() {
    for count in [1, 12, 123_456] {
      let header = FeatureNumpy.header(["('a', '<f4', (3,))"], count: count)
      #expect(header.count % 64 == 0 && header.last == 0x0A)
    }
    let long = FeatureNumpy.header(
      (0..<4000).map { "('view\($0)', '<f4', (3,))" }, count: 2)
    #expect(long[6] == 2 && long.count % 64 == 0)
    #expect(FeatureNumpy.literal("it's \\ ü") == "'it\\'s \\\\ \\U000000fc'")
    #expect(FeatureCSV.cell("a,\"b\"") == "\"a,\"\"b\"\"\"" && FeatureCSV.cell("ab") == "ab")
  }
}
