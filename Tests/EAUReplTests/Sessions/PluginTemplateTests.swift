import Foundation
import Testing

@testable import EAURepl

/// `plugin new`: what it writes builds, passes the checks and trains as it is.
@Suite("new plugins", .enabled(if: EauProcess.isBuilt))
struct PluginTemplateTests {
  private static let name = "letter-counts"

  /// - Returns: the built plugin's path.
  private func make(_ language: String, in workspace: Workspace) throws -> String {
    let results = try EauProcess.run(
      ["--json", "-c", "plugin new \(Self.name) --language \(language)"], in: workspace
    ).results()
    let product = try #require(results.first?["product"]?.string)
    if let build = results[0]["build"]?.string {
      let run = try EauProcess.run(
        "/usr/bin/env", ["sh", "-c", "umask 022; cd \(Self.name) && \(build)"], in: workspace,
        environment: SwiftBuilds.environment)
      try #require(run.status == 0, "\(run.stdout) \(run.stderr)")
    }
    return product
  }

  private func train(_ product: String, in workspace: Workspace) throws -> [JSONValue] {
    let results = try EauProcess.run(
      [
        "--json", "-c",
        "plugin check \(product) 'a bird sings' 'rain on the roof'; plugin load \(product);"
          + "use text \(Self.name) power=1; open demo; train epochs=3; sample 5;"
          + "inspect text --features; corrupt text blank 10; weights; save m.safetensors;"
          + "plugin info \(Self.name); restore m.safetensors; load text 'abba zoo'; predict",
      ], in: workspace
    ).results()
    try #require(results.count == 14)
    #expect(results[0]["findings"]?.elements?.isEmpty == true, "\(results[0].text())")
    #expect(results[7].modality("text")?["realised"] != nil || results[7]["modalities"] != nil)
    #expect(results[10]["encoder"]?["parameters"]?[0]?["name"] == "power")
    return results
  }

  /// Three languages, one encoder: the rows, the training and the loss are the same.
  @Test func allThreeLanguagesGiveTheSameModel() throws {
    var losses: [String: JSONValue] = [:]
    for language in ["c", "python", "swift"] {
      let workspace = try Workspace()
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
      let product = try make(language, in: workspace)
      let results = try train(product, in: workspace)
      let features = results[6]["modalities"]?[0]?["largest"]
      #expect(features != nil)
      losses[language] = features
    }
    let rows = try losses.mapValues { value in
      try #require(value.elements).map {
        "\($0["name"]?.string ?? "") \(String(format: "%.4f", $0["value"]?.double ?? .nan))"
      }
    }
    #expect(rows["c"] == rows["python"] && rows["c"] == rows["swift"], "\(rows)")
  }

  @Test(arguments: [
    ("plugin new Bad_Name", "no encoder can be called \"Bad_Name\""),
    ("plugin new ../up", "no encoder can be called"), ("plugin new x --language perl", "perl"),
    ("plugin new taken", "there is something called taken here already"),
    ("plugin new a b", "takes other arguments"), ("plugin load x --language c", "--language"),
    ("plugin list --isolated", "--isolated belongs to `load`"),
    ("plugin load x limit=0", "limit expects seconds"), ("plugin load x memory=no", "memory"),
    ("plugin load x foo=1", "foo"), ("plugin list limit=3", "limit="),
    ("plugin load ./notes", "found ./notes"), ("plugin info ./none.so", "no file at"),
    ("plugin load ./bad.py", "SyntaxError"), ("plugin new mfcc", "an encoder called mfcc already"),
  ])
  func whatGoesWrongIsSaid(command: String, words: String) throws {
    let workspace = try Workspace()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
    for (file, text) in [("taken", ""), ("notes", "x"), ("bad.py", "this is no Python")] {
      try workspace.write(text, to: file)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: workspace.path(file))
    }
    let run = try EauProcess.run(["-c", command], in: workspace)
    #expect(run.status == 1 && run.stderr.contains(words), "\(run.stderr)")
  }
}

/// What a build inside a test needs of the real home: SwiftPM's caches, where packages are found
/// without a network.
enum SwiftBuilds {
  static var environment: [String: String] {
    let own = ProcessInfo.processInfo.environment
    var kept: [String: String] = [:]
    for name in ["HOME", "SWIFT", "http_proxy", "https_proxy", "no_proxy"] {
      kept[name] = own[name]
    }
    return kept
  }
}
