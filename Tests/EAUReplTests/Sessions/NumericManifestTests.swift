import Foundation
import SeededRandom
import Testing

@testable import EAURepl

/// A manifest whose columns hold numbers in each of the ways there are.
@Suite("numbers in a manifest", .enabled(if: EauProcess.isBuilt))
struct NumericManifestTests {
  /// Forty samples of two classes: an array, a .npy file, a sentence of numbers, and words.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    var generator = SeededGenerator(seed: 3)
    var lines: [String] = []
    for index in 0..<40 {
      let label = index % 2
      let numbers = (0..<3).map { _ in
        String(format: "%.3f", 1000 * Double(label) + 100 * generator.normal())
      }
      // One number differs from class to class; numpy's header takes 128 bytes.
      let header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }"
      let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
      try workspace.write(
        [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
          + [UInt8(index), 0, 0, 0, UInt8(label), 0, 0, 0], to: "sample-\(index).npy")
      lines.append(
        """
        {"id": "s\(index)", "label": "\(label == 0 ? "low" : "high")", \
        "sensor": [\(numbers.joined(separator: ", "))], "wave": "sample-\(index).npy", \
        "row": "\(index) \(label)", "text": "number \(index)"}
        """)
    }
    try workspace.write(lines.joined(separator: "\n"), to: "numbers.jsonl")
    return workspace
  }

  private func run(_ commands: String, in workspace: Workspace) throws -> EauProcess.Output {
    try EauProcess.run(["--json", "--keep-going", "-c", commands], in: workspace)
  }

  @Test func everyNumericColumnIsReadByVector() throws {
    let results = try run(
      """
      open numbers.jsonl
      train epochs=20
      evaluate
      use row vector scaling=none
      use wave vector
      train epochs=20
      load sensor '1000, 990.5, 1010'
      load wave sample-1.npy
      weights
      corrupt sensor gaussian 5
      """, in: workspace()
    ).results()
    try #require(results.count == 10)
    let opened = try #require(results[0]["modalities"]?.elements)
    #expect(opened.map { $0["name"]?.string } == ["sensor", "wave", "row", "text"])
    #expect(
      opened.map { $0["encoder"]?.string } == ["vector", "vector", "vector", "bag-of-words"])
    #expect(opened.prefix(3).map { $0["features"]?.integer } == [3, 2, 2])
    #expect(try #require(results[2]["accuracy"]?.double) == 1)
    #expect(results[3]["configuration"] == ["scaling": "none"])
    #expect(results[4]["configuration"] == ["scaling": "minmax"])
    let weights = try #require(results[8]["modalities"]?.elements)
    #expect(weights.map { $0["present"] } == [true, true, false, false])
    #expect(results[9].modality("sensor")?["corruption"] != nil)
  }

  /// A vector the model cannot read is refused when it is loaded; the sample stays what it was.
  @Test func aVectorOfAnotherLengthIsNotLoaded() throws {
    let lines = try run(
      "open numbers.jsonl; train epochs=2; sample 3; weights; load sensor '1, 2'; weights",
      in: workspace()
    ).lines()
    try #require(lines.count == 6)
    #expect(lines[4]["error"]?["message"] == "expected 3 numbers as in training, found 2")
    #expect(lines[5] == lines[3])
  }

  @Test func vectorsOfUnequalLengthAreRefusedBySample() throws {
    let workspace = try Workspace()
    let rows = (0..<6).map { "s\($0),\($0 % 2),train,\"\($0), 1\"" }
    try workspace.write(
      (["id,label,split,x"] + rows + ["odd,0,test,\"1, 2, 3\""]).joined(separator: "\n"),
      to: "odd.csv")
    let output = try run("open odd.csv", in: workspace)
    let error = try #require(try output.lines().first?["error"])
    #expect(error["message"] == "sample odd, x: expected 2 numbers as in training, found 3")
    #expect(error["code"] == "wrong-input")
  }

  /// Files that only their owner knows to hold numbers.
  @Test func useBeforeOpenReadsFilesOfAnyName() throws {
    let workspace = try Workspace()
    for index in 0..<8 { try workspace.write("\(index) \(index % 2)\n", to: "f\(index).txt") }
    let rows = (0..<8).map { "s\($0),\($0 % 2),\($0 < 6 ? "train" : "test"),f\($0).txt" }
    try workspace.write((["id,label,split,probe"] + rows).joined(separator: "\n"), to: "m.csv")
    let lines = try run("open m.csv\nuse probe vector\nopen m.csv", in: workspace).lines()
    try #require(lines.count == 3)
    #expect(lines[0]["error"]?["code"] == "no-encoder")
    #expect(lines[2]["result"]?["modalities"]?.elements?.first?["encoder"] == "vector")
  }

  @Test func tabOffersWhatIsNew() {
    let completer = Completer(session: Session(seed: 1))
    #expect(completer.complete("open hand", cursor: 9).candidates == ["handwritten"])
    #expect(completer.complete("use image ", cursor: 10).candidates == ["thumbnail-hog", "vector"])
  }
}
