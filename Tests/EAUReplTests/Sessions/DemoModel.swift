import Foundation
import Testing

@testable import EAURepl

/// A model of the generated data set, trained and saved once for all the suites that only need one.
enum DemoModel {
  struct Trained: Sendable {
    let workspace: Workspace
    let output: EauProcess.Output
    var path: String { workspace.path("demo.safetensors") }

    /// Runs commands in a new process, in a workspace of its own, behind `restore`.
    func run(
      _ commands: String, options: [String] = [], in workspace: Workspace
    ) throws -> [JSONValue] {
      let arguments = ["--json"] + options + ["-c", "restore '\(path)'", "-c", commands]
      let output = try EauProcess.run(arguments, in: workspace)
      #expect(output.status == 0, "\(output.stdout.suffix(400)) \(output.stderr)")
      return Array(try output.results().dropFirst())
    }
  }

  private static let run = Result {
    let workspace = try Workspace()
    let output = try EauProcess.run(
      ["--json"],
      input: """
        open demo
        train epochs=3
        sample 5
        weights
        predict
        save demo.safetensors

        """, in: workspace)
    // Static values are never released.
    atexit { DemoModel.removeFolder() }
    return Trained(workspace: workspace, output: output)
  }

  private static func removeFolder() {
    guard let trained = try? run.get() else { return }
    try? FileManager.default.removeItem(at: trained.workspace.folder)
  }

  static func trained() throws -> Trained { try run.get() }
}
