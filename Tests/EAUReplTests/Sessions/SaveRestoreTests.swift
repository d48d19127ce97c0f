import Foundation
import Testing

@testable import EAURepl

/// A model comes back from its file as it was, in another process and in another language.
@Suite("save and restore", .enabled(if: EauProcess.isBuilt))
struct SaveRestoreTests {
  @Test func anotherProcessAnswersTheSameBytes() throws {
    let trained = try DemoModel.trained()
    let first = trained.output.stdout.split(separator: "\n")
    #expect(trained.output.status == 0, "\(trained.output.stdout.suffix(400))")
    try #require(first.count == 6)
    let again = try EauProcess.run(
      [
        "--json", "-c", "restore '\(trained.path)'", "-c",
        "open demo; sample 5; weights; predict; save again.safetensors",
      ], in: Workspace())
    let second = again.stdout.split(separator: "\n")
    #expect(again.status == 0)
    try #require(second.count == 6)
    #expect(second[2] == first[2], "sample")
    #expect(second[3] == first[3], "weights")
    #expect(second[4] == first[4], "predict")
  }

  @Test func savingARestoredModelGivesTheSameFile() throws {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    let results = try trained.run("save again.safetensors", in: workspace)
    let (old, new) = (
      try Data(contentsOf: URL(filePath: trained.path)),
      try Data(contentsOf: URL(filePath: workspace.path("again.safetensors")))
    )
    #expect(old == new)
    #expect(results.first?["bytes"]?.integer == new.count)
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(!left.contains { $0.hasSuffix(".partial") })
  }

  @Test func aReaderOfTheFormatReadsEveryTensor() throws {
    let output = try EauProcess.run(
      "/usr/bin/env",
      [
        "python3", Workspace.fixture("sessions/read_safetensors.py").path,
        try DemoModel.trained().path,
      ], in: Workspace())
    #expect(output.status == 0, "\(output.stderr)")
    let file = try JSONValue.parse(output.stdout.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(file["metadata"]?["format"] == "eau")
    let tensors = try #require(file["tensors"])
    // Image features of the default encoder, and its hidden layer.
    #expect(tensors["image.extractor.weight"] == [956, 128])
    #expect(tensors["text.mu.weight"]?.elements?.count == 2)
  }

  @Test func restoringKeepsTheOpenDataSetAndItsSample() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      ["--json", "-c", "open demo; sample 5", "-c", "restore '\(trained.path)'; weights"],
      in: Workspace())
    let lines = output.stdout.split(separator: "\n")
    let expected = trained.output.stdout.split(separator: "\n")
    try #require(lines.count == 4 && expected.count == 6)
    #expect(lines[3] == expected[3])
  }
}
