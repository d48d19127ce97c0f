import Testing

@testable import EAURepl

/// The harness itself, on a shell: it must notice success, failure, keys and the window's size.
@Suite("pseudo-terminal harness")
struct PseudoTerminalTests {
  private let shell = ["/bin/sh", "-c", "stty size; printf 'ask> '; read x; echo got=$x; exit 3"]

  @Test func drivesAProgram() throws {
    let result = try PseudoTerminal.run(
      shell, size: (33, 77),
      steps: [
        ["expect": "33 77\\nask> "], ["send": "wxrd"], ["key": "backspace"], ["key": "backspace"],
        ["line": "é"], ["expect": "got=(wxé)"], ["exit": 3],
      ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(result["exit"] == 3)
    #expect(result["matches"]?[1] == "got=wxé")
  }

  @Test func noticesWhatDoesNotCome() throws {
    let result = try PseudoTerminal.run(
      shell, steps: [["expect": "ask> "], ["line": "a"], ["expect": "got=b"]])
    #expect(result["ok"] == false)
    #expect(result["failed"]?["step"] == 2)
  }

  @Test func noticesAWrongExitCode() throws {
    let result = try PseudoTerminal.run(shell, steps: [["line": ""], ["exit": 0]])
    #expect(result["failed"]?["reason"] == "expected exit code 0, found 3")
  }

  @Test func interruptsByKey() throws {
    let result = try PseudoTerminal.run(
      ["/bin/sh", "-c", "echo ready; exec sleep 60"],
      steps: [["expect": "ready"], ["key": "ctrl-c"], ["exit": -2]])
    #expect(result["ok"] == true, "\(result.text())")
  }
}
