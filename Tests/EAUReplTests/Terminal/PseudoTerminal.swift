import Foundation

@testable import EAURepl

/// Runs a program under a pseudo-terminal by way of `pty_session.py`, which describes the steps.
enum PseudoTerminal {
  struct Failure: Error { let text: String }

  /// `eau`, which the build puts beside the test bundle; nil where it does not.
  static let program: String? = {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let path = tests.deletingLastPathComponent().appending(path: "eau").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - environment: added to this process's own; `.null` removes a variable.
  ///   - answers: what the terminal says by itself whenever the program writes something.
  ///   - steps: as in the script, for example `["expect": "eau> "]`, `["line": "help"]`.
  /// - Returns: the script's result: `ok`, `failed`, `exit`, `transcript`, `raw`, `matches`.
  static func run(
    _ command: [String], environment: JSONValue = [:], size: (rows: Int, columns: Int) = (24, 80),
    timeout: Double = 30, directory: String? = nil,
    answers: [(asked: String, reply: String)] = [], steps: [JSONValue]
  ) throws -> JSONValue {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "pty_session.py")
    let scenario = JSONValue.object(
      [
        ("command", JSONValue(command)), ("environment", environment),
        ("size", [.integer(size.rows), .integer(size.columns)]), ("timeout", .number(timeout)),
        ("answers", .array(answers.map { [.string($0.asked), .string($0.reply)] })),
        ("steps", .array(steps)),
      ] + (directory.map { [("directory", .string($0))] } ?? []))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(scenario.text().utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus < 2 else {
      throw Failure(text: "pty_session.py refused the scenario")
    }
    return try JSONValue.parse(
      String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
