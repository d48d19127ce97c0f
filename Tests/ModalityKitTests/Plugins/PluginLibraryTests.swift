import EncoderChecks
import Foundation
import PluginABI
import Testing

@testable import ModalityKit

/// Shared objects that are made of Tests/Fixtures/plugins/vowels.c.
enum CompiledPlugin {
  private static let root = URL(filePath: #filePath)
    .appending(path: "../../../..").standardizedFileURL

  /// The path of the shared object, in a folder of its own.
  static func make(_ fault: String? = nil) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "eau-plugin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let result = folder.appending(path: "vowels.so").path
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments =
      ["cc", "-shared", "-fPIC", "-O1", "-I"]
      + [root.appending(path: "Sources/CLibraries/PluginABI/include").path]
      + (fault.map { ["-D\($0)"] } ?? [])
      + [root.appending(path: "Tests/Fixtures/plugins/vowels.c").path, "-lm", "-o", result]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: result)
    return result
  }

  static let samples: [RawInput] = [
    .text("a bird sings in the old oak"), .text("rain on the roof all night"), .text("uuuu"),
  ]
}

@Suite("plugins in this process")
struct PluginLibraryTests {
  @Test func anEncoderInCKeepsAllPromises() throws {
    let type = try PluginLibrary.load(try CompiledPlugin.make())
    #expect(type.descriptor.identifier == "vowels" && type.descriptor.modality == "text")
    #expect(type.corruptions.map(\.name) == ["drop"])
    #expect(type.descriptor.parameters.first?.expectation == "a whole number 1…9")
    #expect(EncoderInspection(type, samples: CompiledPlugin.samples).findings() == [])
    #expect(
      EncoderInspection(type, samples: CompiledPlugin.samples, options: [("scale", "3")])
        .findings() == [])
  }

  @Test func itLearnsEncodesAndComesBackFromItsState() throws {
    let type = try PluginLibrary.load(try CompiledPlugin.make())
    let encoder = try type.make(options: [("scale", "2")])
    #expect(String(decoding: encoder.configurationJSON, as: UTF8.self) == #"{"scale":2}"#)
    let signals = try [RawInput.text("aa"), .text("ae")].map { try encoder.decode($0) }
    let fitted = try encoder.fit(signals)
    #expect(fitted.schema.names == ["a", "e", "i", "o", "u"].map { "vowel:\($0)" })
    var row = FeatureRow()
    try fitted.encode(signals[0], into: &row)
    // Means are 1.5 and 0.5; the row is 2 (ln(1 + count) − ln(1 + mean)).
    let expected = [2 * log(3 / 2.5), -2 * log(1.5), 0, 0, 0]
    for (found, value) in zip(row.values, expected) { #expect(abs(Double(found) - value) < 1e-6) }
    let restored = try encoder.restore(state: fitted.stateJSON)
    var again = FeatureRow()
    try restored.encode(signals[0], into: &again)
    #expect(again == row)
    let preview = try encoder.preview(signals[1])
    guard case .numbers(let counts) = preview.content else {
      Issue.record("expected numbers")
      return
    }
    #expect(counts == [1, 1, 0, 0, 0] && preview.caption == "how often a, e, i, o, u come")
    let spoiled = try encoder.corrupt(signals[0], kind: "drop", severity: 10, seed: 3)
    #expect((0...1).contains(spoiled.realised.amount))
  }

  @Test func whatAPersonShouldKnowIsAskedFor() throws {
    let encoder = try PluginLibrary.load(try CompiledPlugin.make()).make()
    let fitted = try encoder.fit([try encoder.decode(.text("a"))])
    #expect(fitted.warnings(try encoder.decode(.text("hmm"))) == ["there is no vowel in it"])
    #expect(fitted.warnings(try encoder.decode(.text("oh"))) == [])
  }

  /// The size tells where the plugin's table ends.
  @Test func aPluginOfAnOlderHeaderIsNotReadBeyondItsEnd() throws {
    let encoder = try PluginLibrary.load(try CompiledPlugin.make("FAULT_OLD")).make()
    let fitted = try encoder.fit([try encoder.decode(.text("a"))])
    #expect(fitted.warnings(try encoder.decode(.text("hmm"))) == [])
  }

  private func expectRefusal(_ code: String, _ path: String) {
    let error = #expect(throws: PluginError.self) { try PluginLibrary.load(path) }
    #expect(error?.code == code, "\(error?.message ?? "")")
    #expect(error?.hint.isEmpty == false)
  }

  @Test func whatIsNoPluginIsRefused() throws {
    expectRefusal("plugin-missing", "/no/such/plugin.so")
    expectRefusal("plugin-missing", FileManager.default.temporaryDirectory.path)
    expectRefusal("plugin-wrong-abi", try CompiledPlugin.make("FAULT_ABI"))
    expectRefusal("plugin-bad-descriptor", try CompiledPlugin.make("FAULT_DESCRIPTOR"))
    expectRefusal("plugin-no-entry", try CompiledPlugin.make("FAULT_ENTRY"))
    let path = try CompiledPlugin.make()
    try Data("no shared object".utf8).write(to: URL(filePath: path))
    expectRefusal("plugin-not-loadable", path)
  }

  @Test func whatOthersMayWriteIsNotLoaded() throws {
    let path = try CompiledPlugin.make()
    let folder = (path as NSString).deletingLastPathComponent
    for (item, mode) in [(path, 0o757), (path, 0o775), (folder, 0o777)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: item)
      expectRefusal("plugin-not-trusted", path)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: item)
    }
    #expect(throws: Never.self) { try PluginLibrary.load(path) }
  }

  @Test func aFolderAboveThatAllMayWriteIsNotTrusted() throws {
    let outer = FileManager.default.temporaryDirectory.appending(path: "eau-\(UUID().uuidString)")
    let inner = outer.appending(path: "inner")
    try FileManager.default.createDirectory(
      at: inner, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let path = inner.appending(path: "vowels.so").path
    try FileManager.default.copyItem(atPath: try CompiledPlugin.make(), toPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: outer.path)
    expectRefusal("plugin-not-trusted", path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: outer.path)
    #expect(throws: Never.self) { try PluginLibrary.load(path) }
  }

  /// What a script may import is part of what it is, and as dangerous.
  @Test func modulesBesideAScriptCount() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "eau-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let (script, module) = (
      folder.appending(path: "a.py").path, folder.appending(path: "helper.py").path
    )
    func write(_ text: String, to path: String, mode: Int = 0o644) throws {
      try Data(text.utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    try write("import helper", to: script)
    try write("x = 1", to: module)
    let first = try PluginFile.origin(script)
    #expect(try PluginFile.origin(script) == first && first.file == "a.py")
    try write("x = 22", to: module)
    #expect(try PluginFile.origin(script).identity != first.identity)
    try write("x = 1", to: module, mode: 0o666)
    let error = #expect(throws: PluginError.self) { try PluginFile.origin(script) }
    #expect(error?.code == "plugin-not-trusted" && error?.message.contains("helper.py") == true)
  }

  @Test(arguments: ["FAULT_NAN", "FAULT_COUNT"]) func wrongRowsAreFound(_ fault: String) throws {
    let type = try PluginLibrary.load(try CompiledPlugin.make(fault))
    let findings = EncoderInspection(type, samples: CompiledPlugin.samples).findings()
    #expect(findings.contains { $0.check == .rows }, "\(findings)")
  }

  @Test func wrongInputIsTheEncodersOwnError() throws {
    let encoder = try PluginLibrary.load(try CompiledPlugin.make()).make()
    let error = #expect(throws: EncoderError.self) { try encoder.decode(.numbers([1, 2])) }
    #expect(error?.message == "vowels: expected text, found numbers" && error?.hint == "give text")
    let other = try PluginLibrary.load(try CompiledPlugin.make()).make()
    let signal = try other.decode(.text("a"))
    #expect(throws: EncoderError.self) { try encoder.preview(signal) }
    #expect(throws: EncoderError.self) { try encoder.preview(ErasedSignal(7)) }
    #expect(throws: EncoderError.self) { try encoder.restore(state: Data("{}".utf8)) }
    #expect(throws: EncoderError.self) {
      try encoder.restore(state: Data(#"{"bytes":"AAAA"}"#.utf8))
    }
  }
}
