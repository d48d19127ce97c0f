import Foundation
import ModalityKit
import Testing

@testable import EAURepl

/// A folder in which plugins are made.
enum PluginWorkspace {
  /// Compiles a C file of Tests/Fixtures/plugins to a shared object beside others in the workspace.
  static func compile(
    _ file: String, fault: String? = nil, in workspace: Workspace
  ) throws {
    try compile(path: Workspace.fixture("plugins/\(file)").path, fault: fault, in: workspace)
  }

  static func compile(
    path: String, fault: String? = nil, in workspace: Workspace
  ) throws {
    let include = DocumentationTests.root.appending(path: "Sources/CLibraries/PluginABI/include")
    let name = (path as NSString).lastPathComponent as NSString
    let product = name.deletingPathExtension + ".so"
    let run = try EauProcess.run(
      "/usr/bin/env",
      ["cc", "-shared", "-fPIC", "-w", "-I", include.path]
        + (fault.map { ["-D\($0)"] } ?? [])
        + [path, "-lm", "-o", product], in: workspace)
    try #require(run.status == 0, "\(run.stderr)")
    for place in [workspace.folder.path, workspace.path(product)] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place)
    }
  }
}

/// A plugin in C, from loading to a restored model.
@Suite("sessions with plugins", .enabled(if: EauProcess.isBuilt))
struct PluginSessionTests {
  @Test func itIsLoadedTrainedSpoiledSavedAndRestored() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", in: workspace)
    let results = try EauProcess.run(
      [
        "--json", "-c",
        "plugin load ./vowels.so; use text vowels scale=2; open demo; train epochs=2; sample 5;"
          + "inspect text --features; corrupt text drop 8; weights; save m.safetensors; plugin list",
      ], in: workspace
    ).results()
    try #require(results.count == 10)
    #expect(results[0]["identifier"] == "vowels" && results[0]["modality"] == "text")
    let names = results[5]["modalities"]?[0]?["largest"]?.elements?.compactMap {
      $0["name"]?.string
    }
    #expect(Set(names ?? []) == Set(["a", "e", "i", "o", "u"].map { "vowel:\($0)" }))
    #expect(results[7].modality("text")?["corruption"]?["kind"] == "drop")
    #expect(results[9]["plugins"]?.elements?.count == 1)

    let without = try EauProcess.run(["-c", "restore m.safetensors"], in: workspace)
    #expect(without.status == 1)
    #expect(
      without.stderr.contains(
        "the model needs the encoder vowels 1 of the plugin vowels.so for text")
        && without.stderr.contains("`plugin load PATH/vowels.so` first"), "\(without.stderr)")
    let again = try EauProcess.run(
      [
        "--json", "-c",
        "plugin load ./vowels.so; restore m.safetensors; load text 'a bee'; weights",
      ],
      in: workspace
    ).results()
    #expect(again[3].modality("text")?["present"] == true)
  }

  /// A model whose encoder another version of the plugin provides, or none, says so.
  @Test func aModelNamesTheVersionItNeeds() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", in: workspace)
    let saved = try EauProcess.run(
      ["-c", "plugin load ./vowels.so; use text vowels; open demo; train epochs=1; save m.eau"],
      in: workspace)
    try #require(saved.status == 0, "\(saved.stderr)")
    let newer = try String(contentsOf: Workspace.fixture("plugins/vowels.c"), encoding: .utf8)
      .replacing("\\\"version\\\": 1", with: "\\\"version\\\": 2")
    try workspace.write(newer, to: "newer.c")
    try PluginWorkspace.compile(path: workspace.path("newer.c"), in: workspace)
    let run = try EauProcess.run(["-c", "plugin load ./newer.so; restore m.eau"], in: workspace)
    #expect(
      run.stderr.contains("the model needs vowels version 1, found 2 in newer.so"), "\(run.stderr)")
  }

  /// The system would go on with the old code.
  @Test func aSharedObjectThatChangedIsNotLoadedTwice() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", in: workspace)
    var session = Session(seed: 1)
    let path = workspace.path("vowels.so")
    _ = try session.load(path, isolated: false, limits: .init())
    _ = try session.load(path, isolated: false, limits: .init())
    try FileManager.default.removeItem(atPath: path)
    try PluginWorkspace.compile("vowels.c", fault: "FAULT_OLD", in: workspace)
    let error = #expect(throws: PluginError.self) {
      try session.load(path, isolated: false, limits: .init())
    }
    #expect(error?.code == "plugin-changed")
  }

  /// What `use` chose stays chosen, and is the encoder that was loaded last.
  @Test func loadingAgainReplacesTheChosenEncoder() throws {
    let workspace = try Workspace()
    let kit = DocumentationTests.root.appending(path: "Plugins/Process/Python/eau_plugin.py")
    for (folder, features) in [("a", 2), ("b", 3)] {
      try FileManager.default.createDirectory(
        atPath: workspace.path(folder), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
      try workspace.write(Array(try Data(contentsOf: kit)), to: "\(folder)/eau_plugin.py")
      try workspace.write(
        """
        import eau_plugin
        class P(eau_plugin.Encoder):
            identifier, modality = "p", "text"
            features = [str(n) for n in range(\(features))]
            def encode(self, signal):
                return [len(signal.text())] * \(features)
        eau_plugin.run(P)
        """, to: "\(folder)/p.py")
      for file in ["eau_plugin.py", "p.py"] {
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o644], ofItemAtPath: workspace.path("\(folder)/\(file)"))
      }
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
    let results = try EauProcess.run(
      ["--json", "-c", "plugin load a/p.py; use text p; plugin load b/p.py; open demo"],
      in: workspace
    ).results()
    let text = results[3]["modalities"]?.elements?.first { $0["name"] == "text" }
    #expect(text?["encoder"] == "p" && text?["features"] == 3)
  }

  @Test func theConformanceKitRunsOnIt() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", in: workspace)
    let check = try EauProcess.run(
      ["--json", "-c", "plugin check ./vowels.so 'rain on the roof' 'an old bird sings' 'uuu'"],
      in: workspace
    ).results()
    #expect(check[0]["errors"] == 0 && check[0]["findings"]?.elements?.isEmpty == true)
    let unnamed = try EauProcess.run(["--json", "-c", "plugin check ./vowels.so"], in: workspace)
      .results()
    #expect(unnamed[0]["findings"]?.elements?.isEmpty == true, "on samples of demo")
    let few = try EauProcess.run(["--json", "-c", "plugin check ./vowels.so one"], in: workspace)
      .results()
    #expect(few[0]["findings"]?[0]?["code"] == "decode-samples")
  }

  /// A script that checks a plugin must be able to tell.
  @Test func aCheckThatFindsErrorsFails() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", fault: "FAULT_NAN", in: workspace)
    let command = "plugin check ./vowels.so 'rain on the roof' 'an old bird'"
    let output = try EauProcess.run(["--json", "-c", command], in: workspace)
    #expect(output.status == 1)
    let line = try #require(try output.lines().first)
    #expect(line.keys == ["command", "ok", "error", "result"] && line["ok"] == false)
    #expect(line["error"]?["code"] == "plugin-check-failed")
    #expect((line["result"]?["errors"]?.integer ?? 0) > 0)
    let seen = try EauProcess.run(["-c", command], in: workspace, environment: ["COLUMNS": "60"])
    #expect(seen.status == 1 && seen.stderr.contains("breaks"))
    let shown = seen.stdout.components(separatedBy: "\n")
    #expect(shown.allSatisfy { $0.count <= 60 } && shown.contains { $0.contains("row-shape") })
    // Long findings go on in further lines.
    let words = seen.stdout.split(whereSeparator: \.isWhitespace).joined()
    for finding in line["result"]?["findings"]?.elements ?? [] {
      let last = finding["message"]?.string?.split(whereSeparator: \.isWhitespace).last ?? ""
      #expect(words.contains(last), "\(last)")
    }
    #expect(!seen.stdout.contains("…"))
  }

  @Test(arguments: [
    ("plugin load ./nothing.so", "no file at"), ("plugin load ./text.so", "cannot be loaded"),
    ("plugin load", "takes other arguments"), ("plugin lode x", "load"),
    ("plugin load ./open.so", "can be written by others"),
  ])
  func whatGoesWrongIsSaid(command: String, words: String) throws {
    let workspace = try Workspace()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
    try workspace.write("no shared object", to: "text.so")
    try workspace.write("no shared object", to: "open.so")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.path("text.so"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: workspace.path("open.so"))
    let run = try EauProcess.run(["--keep-going", "-c", "\(command); encoders"], in: workspace)
    #expect(run.stderr.contains(words), "\(run.stderr)")
    #expect(run.stdout.contains("bag-of-words"), "the session goes on")
  }
}
