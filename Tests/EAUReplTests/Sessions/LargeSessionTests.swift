import Foundation
import SeededRandom
import Testing

@testable import EAURepl

/// What a session holds of memory when its data set is large.
@Suite("large data sets", .enabled(if: EauProcess.isBuilt))
struct LargeSessionTests {
  /// Runs a program and tells the most memory it held, in kilobytes.
  private static let measure = """
    import resource, subprocess, sys
    done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if done.returncode == 0 else -1)
    """

  private func megabytes(_ commands: String, in workspace: Workspace) throws -> Int {
    let output = try EauProcess.run(
      "/usr/bin/env",
      [
        "python3", "-c", Self.measure, try #require(PseudoTerminal.program), "--json", "-c",
        commands,
      ], in: workspace)
    let kilobytes = try #require(Int(output.stdout.trimmingCharacters(in: .whitespacesAndNewlines)))
    return try #require(kilobytes > 0 ? kilobytes / 1024 : nil, "\(output.stderr)")
  }

  /// Texts of some 30 words.
  private func write(_ count: Int, to name: String, in workspace: Workspace) throws {
    var generator = SeededGenerator(seed: 1)
    var lines = "id,label,text\n"
    for number in 0..<count {
      let words = (0..<30).map { _ -> String in
        let far = generator.uniform()
        return "word\(Int(far * far * 20_000))"
      }
      lines += "sample-\(number),\(number % 3),\(words.joined(separator: " "))\n"
    }
    try workspace.write(lines, to: name)
  }

  /// Held as strings and rows of their own, 120,000 texts take 280 MB.
  @Test func openingHoldsAFewHundredBytesASample() throws {
    let workspace = try Workspace()
    try write(120_000, to: "large.csv", in: workspace)
    let peak = try megabytes("open large.csv", in: workspace)
    #expect(peak < 240, "\(peak) MB")
  }
}
