import Foundation
import Testing

@testable import EAURepl

/// Whole sessions, recorded by `transcript` into Tests/Transcripts and read by a person; the program must
/// answer them as it did.
@Suite("recorded sessions", .enabled(if: EauProcess.isBuilt))
struct RecordedSessionsTests {
  static let folder = DocumentationTests.root.appending(path: "Tests/Transcripts")

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

  @Test func thereAreSome() { #expect(Self.names.count >= 4) }

  /// Numbers may differ by a tenth: other processors round otherwise, and training amplifies it.
  @Test(arguments: names) func answersAsRecorded(_ name: String) throws {
    let path = Self.folder.appending(path: name).path
    let run = try EauProcess.run(
      ["--json", "-c", "replay '\(path)' --check --tolerance 0.1"], in: Workspace())
    let answer = try #require(try run.lines().first)
    #expect(answer["ok"] == true, "\(answer.indented())")
  }
}
