import Foundation
import TestSupport
import Testing

/// The environment variable EAU_GOLDEN chooses the reference values. Each case is a process of its
/// own: the values are read once a process.
@Suite struct GoldenLoaderTests {
  @Test func environmentNamesTheFile() async {
    await #expect(processExitsWith: .success) {
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("golden-\(ProcessInfo.processInfo.processIdentifier).json")
      try Data(#"{"marker": {"values": [1.5, 2]}}"#.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      setenv("EAU_GOLDEN", file.path, 1)
      let golden = try Golden.shared()
      guard try golden.entry("marker").numbers("values") == [1.5, 2] else { exit(2) }
      guard (try? golden.entry("kl")) == nil else { exit(3) }
    }
  }

  /// Falling back to the fixture would hide a mistyped path.
  @Test func aMissingFileIsAnError() async {
    await #expect(processExitsWith: .success) {
      setenv("EAU_GOLDEN", "/no/such/golden.json", 1)
      guard (try? Golden.shared()) == nil else { exit(2) }
    }
  }

  @Test func withoutItTheFixtureIsRead() async {
    await #expect(processExitsWith: .success) {
      unsetenv("EAU_GOLDEN")
      _ = try Golden.shared().entry("kl").matrix("mu1")
    }
  }
}
