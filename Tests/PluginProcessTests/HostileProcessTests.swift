import EncoderChecks
import Foundation
import ModalityKit
import Testing

@testable import PluginProcess

/// Whatever a plugin's process does, the call fails with a clear error and the next one works.
@Suite("plugins that misbehave in a process of their own")
struct HostileProcessTests {
  private func failure(
    _ fault: String, limits: PluginLimits = PluginLimits()
  ) throws -> EncoderError? {
    let plugin = try Fixture.letters(limits: limits)
    let encoder = try plugin.type.make(options: [("fault", fault)])
    let signal = try encoder.decode(.text("abc"))
    let fitted = try encoder.fit([signal])
    var row = FeatureRow()
    let error = #expect(throws: EncoderError.self) { try fitted.encode(signal, into: &row) }
    // The same plugin, another encoder of it, and a signal that was decoded before.
    let sound = try plugin.type.make()
    var after = FeatureRow()
    try sound.fit([signal]).encode(signal, into: &after)
    #expect(after.values == [1, 1, 1])
    return error
  }

  @Test func anExceptionIsNamedWithItsPlace() throws {
    let error = try failure("raise")
    #expect(error?.message.contains("letters.py: ZeroDivisionError: ") == true)
    #expect(error?.message.contains("(letters.py line ") == true)
  }

  @Test func whatIsNoRowIsShown() throws {
    let error = try failure("words")
    #expect(
      error?.message == "letters.py: encode: expected {column: number, …}, found 'words'")
  }

  @Test(arguments: [
    ("nameless", "letters names no feature"), ("twins", "letters gives two features one name"),
  ])
  func featuresNeedNamesOfTheirOwn(fault: String, message: String) throws {
    let encoder = try Fixture.letters().type.make(options: [("fault", fault)])
    let signal = try encoder.decode(.text("abc"))
    let error = #expect(throws: EncoderError.self) { try encoder.fit([signal]) }
    #expect(error?.message == message)
  }

  @Test func anEndIsReportedWithTheLastWords() throws {
    let error = try failure("exit")
    #expect(
      error?.message
        == "letters.py ended with status 3 during encode; it wrote: I cannot go on")
  }

  @Test func oneThatHangsIsEnded() throws {
    let error = try failure("hang", limits: PluginLimits(seconds: 0.5))
    #expect(error?.message == "letters.py did not answer within 0.5 s during encode and was ended")
  }

  @Test func aWishToStopIsHeard() throws {
    let asked = ManagedFlag()
    let plugin = try Fixture.letters(shouldStop: { asked.isSet })
    let encoder = try plugin.type.make(options: [("fault", "hang")])
    let signal = try encoder.decode(.text("abc"))
    let fitted = try encoder.fit([signal])
    asked.isSet = true
    var row = FeatureRow()
    let error = #expect(throws: EncoderError.self) { try fitted.encode(signal, into: &row) }
    #expect(error?.message == "letters.py was stopped during encode")
  }

  @Test func wrongRowsAndAmountsAreRefused() throws {
    #expect(try failure("many")?.message.contains("gave 4 numbers") == true)
    let encoder = try Fixture.letters().type.make(options: [("fault", "amount")])
    let signal = try encoder.decode(.text("abc"))
    let error = #expect(throws: EncoderError.self) {
      try encoder.corrupt(signal, kind: "drop", severity: 5, seed: 1)
    }
    #expect(error?.message == "letters.py corrupted by an amount of -1.0")
    // Values are the fusion core's and the kit's to check.
    let findings = EncoderInspection(
      try Fixture.letters().type, samples: Fixture.samples, options: [("fault", "nan")]
    ).findings()
    #expect(findings.contains { $0.check == .rows })
  }

  @Test func whatItPrintsDoesNotComeBetween() throws {
    let findings = EncoderInspection(
      try Fixture.letters().type, samples: Fixture.samples, options: [("fault", "print")]
    ).findings()
    #expect(findings == [])
  }

  @Test func signalsAndEncodersOutliveTheProcess() throws {
    let plugin = try Fixture.letters()
    let encoder = try plugin.type.make()
    let signal = try encoder.decode(.text("hello world"))
    let fitted = try encoder.fit([signal])
    let spoiled = try fitted.corrupt(signal, kind: "drop", severity: 5, seed: 9).signal
    var (before, after) = (FeatureRow(), FeatureRow())
    try fitted.encode(spoiled, into: &before)
    // Another encoder takes the process down.
    let bad = try plugin.type.make(options: [("fault", "exit")])
    _ = try? bad.fit([signal]).encode(signal, into: &after)
    try fitted.encode(spoiled, into: &after)
    #expect(after == before && !before.values.isEmpty)
  }

  @Test(arguments: [
    ("echo hello", "answered hello with what is no line of the protocol: \"hello\""),
    ("exit 7", "ended with status 7 during hello"),
    ("kill -SEGV $$", "was ended by signal 11"),
    ("exec >&- <&-; sleep 60", "closed its output"),
    ("head -c 2000000 /dev/zero | tr '\\0' x; sleep 60", "a line of more than"),
    ("echo '{\"bytes\":99999999999}'; sleep 60", "a payload of 99999999999 bytes"),
    ("echo '{\"bytes\":-1}'; sleep 60", "a payload of -1 bytes"),
    ("yes >&2", "did not answer within 0.7 s during hello and was ended; it wrote: y"),
    ("printf '{\"protocol\":1,\"bytes\":5}\\nab'; sleep 60", "did not answer within 0.7 s"),
    ("printf '\\0\\377'; echo; sleep 60", "no line of the protocol"),
    ("echo '{\"protocol\":2}'; sleep 60", "speaks version 2 of the protocol, expected 1"),
    ("echo '{\"protocol\":1}'; sleep 60", "there is none"),
    (
      "echo '{\"protocol\":1,\"descriptor\":{\"identifier\":\"Two Words\",\"version\":1,"
        + "\"modality\":\"a\",\"summary\":\"\",\"accepts\":\"\"}}'; sleep 60",
      "other than lower-case letters"
    ), ("echo '{\"error\":{\"message\":\"no licence\"}}'; sleep 60", "no licence"),
  ])
  func programsThatAreNoPluginsAreRefused(script: String, words: String) {
    // A busy machine may be slow to start what ends by itself.
    let seconds = words.contains("0.7 s") ? 0.7 : 20
    let error = #expect(throws: PluginError.self) {
      try ProcessPlugin(
        ["sh", "-c", script], name: "script", origin: nil, limits: PluginLimits(seconds: seconds))
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func aProgramThatIsNotThereIsNamed() {
    let error = #expect(throws: PluginError.self) {
      try ProcessPlugin(["/no/such/program"], name: "program", origin: nil)
    }
    #expect(error?.message.contains("No such file or directory") == true)
  }

  @Test func itMayHoldOnlySoMuchMemory() throws {
    let error = #expect(throws: PluginError.self) {
      try ProcessPlugin(
        ["python3", "-c", "print(len(bytearray(1 << 30)))"], name: "hoarder", origin: nil,
        limits: PluginLimits(seconds: 20, memory: 128 << 20))
    }
    #expect(error?.message.contains("it wrote: MemoryError") == true, "\(error?.message ?? "")")
  }

  /// Neither of one that hangs, nor of one that ended by itself.
  @Test(arguments: ["sleep 61", "exit 3"]) func nothingIsLeftRunning(end: String) throws {
    let marker = "eau-left-\(UUID().uuidString)"
    _ = try? ProcessPlugin(
      ["sh", "-c", "sh -c 'sleep 61; : \(marker)' & \(end); : \(marker)"], name: "parent",
      origin: nil, limits: PluginLimits(seconds: 1))
    // Ended at once, but gone only when the system has come to it.
    for _ in 0..<500 where !processes(with: marker).isEmpty { usleep(10_000) }
    #expect(processes(with: marker).isEmpty)
  }

  /// Those whose command line has a word.
  private func processes(with word: String) -> [pid_t] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { pid_t($0) }.filter { process in
      let line = (try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline"))) ?? Data()
      return String(decoding: line, as: UTF8.self).contains(word)
    }
  }

  /// Whether a process is gone or a zombie.
  private func hasEnded(_ process: pid_t) -> Bool {
    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    // The state follows the name, which stands in brackets.
    return stat.split(separator: ")").last.map { $0.hasPrefix(" Z") || $0.hasPrefix(" X") } ?? true
  }

  /// Whoever ends it from outside: the session notices, says so once, and goes on.
  @Test func oneThatIsKilledBetweenTwoCallsIsStartedAgain() throws {
    let marker = "eau-kill-\(UUID().uuidString)"
    let script = Fixture.folder.appending(path: "letters.py").path
    let plugin = try ProcessPlugin(
      ["sh", "-c", "python3 '\(script)'; : \(marker)"], name: "letters.py", origin: nil)
    let encoder = try plugin.type.make()
    let signal = try encoder.decode(.text("hello"))
    let fitted = try encoder.fit([signal])
    var (before, after) = (FeatureRow(), FeatureRow())
    try fitted.encode(signal, into: &before)
    let process = try #require(processes(with: marker).first)
    kill(-process, SIGKILL)
    // Until it has ended, though nobody asked for its status yet: while it is ending, its death counts
    // as that of the next call.
    while !hasEnded(process) { usleep(1000) }
    try fitted.encode(signal, into: &after)
    #expect(before == after)
    let complaint = try #require(plugin.complaints().first)
    #expect(complaint.hasPrefix("letters.py was ended by signal 9"), "\(complaint)")
    #expect(plugin.complaints().isEmpty)
  }
}

/// Set by one thread, seen by another.
final class ManagedFlag: @unchecked Sendable {
  private let lock = NSLock()
  private var value = false

  var isSet: Bool {
    get { lock.withLock { value } }
    set { lock.withLock { value = newValue } }
  }
}
