import EncoderChecks
import Foundation
import ModalityKit
import Testing

@testable import PluginProcess

/// Programs of Tests/Fixtures/plugins.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .appending(path: "../../Fixtures/plugins").standardizedFileURL

  static func letters(
    limits: PluginLimits = PluginLimits(), shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> ProcessPlugin {
    try ProcessPlugin(
      ["python3", folder.appending(path: "letters.py").path], name: "letters.py",
      origin: PluginOrigin(file: "letters.py", identity: "1"), limits: limits,
      shouldStop: shouldStop)
  }

  static let samples: [RawInput] = [
    .text("a bird sings in the old oak"), .text("rain on the roof all night"), .text("uuuu"),
  ]
}

@Suite("encoders in Python")
struct PythonPluginTests {
  @Test func theKitFindsNothing() throws {
    let plugin = try Fixture.letters()
    #expect(EncoderInspection(plugin.type, samples: Fixture.samples).findings() == [])
    let options = [("power", "2"), ("case", "keep"), ("log", "on")]
    #expect(
      EncoderInspection(plugin.type, samples: Fixture.samples, options: options).findings() == [])
    #expect(plugin.complaints() == [])
  }

  @Test func itSaysWhatItIs() throws {
    let type = try Fixture.letters().type
    let descriptor = type.descriptor
    #expect(descriptor.identifier == "letters" && descriptor.version == 3)
    #expect(descriptor.summary == "how often each letter stands in a text")
    #expect(descriptor.traits == [.sparse, .serial])
    #expect(descriptor.origin?.file == "letters.py")
    #expect(descriptor.parameters.map(\.name) == ["power", "case", "log", "fault"])
    #expect(type.corruptions.map(\.name) == ["drop"])
  }

  @Test func itLearnsEncodesAndComesBackFromItsState() throws {
    let encoder = try Fixture.letters().type.make(options: [("power", "2")])
    let signals = try [RawInput.text("abba"), .text("Bcc")].map { try encoder.decode($0) }
    let fitted = try encoder.fit(signals)
    #expect(fitted.schema.names == ["letter:a", "letter:b", "letter:c"])
    var row = FeatureRow()
    try fitted.encode(signals[0], into: &row)
    #expect(row.indices == [0, 1] && row.values == [4, 4])
    try fitted.encode(signals[1], into: &row)
    #expect(row.indices == [1, 2] && row.values == [1, 4])
    let another = try Fixture.letters().type.make(options: [("power", "2")])
    let restored = try another.restore(state: fitted.stateJSON)
    var again = FeatureRow()
    try restored.encode(try another.decode(.text("Bcc")), into: &again)
    #expect(again == row)
    guard case .tokens(let words) = try encoder.preview(try encoder.decode(.text("A b"))).content
    else {
      Issue.record("expected words")
      return
    }
    #expect(words == ["a", "b"])
    #expect(fitted.warnings(try encoder.decode(.text("xyz"))) == ["no letter is known"])
    #expect(fitted.warnings(signals[0]) == [])
  }

  @Test func spoilingFollowsItsSeed() throws {
    let encoder = try Fixture.letters().type.make()
    let signal = try encoder.decode(.text("the quick brown fox jumps over the lazy dog"))
    let fitted = try encoder.fit([signal])
    func spoiled(_ severity: Double, _ seed: UInt64) throws -> (FeatureRow, Double) {
      let corrupted = try fitted.corrupt(signal, kind: "drop", severity: severity, seed: seed)
      var row = FeatureRow()
      try fitted.encode(corrupted.signal, into: &row)
      return (row, corrupted.realised.amount)
    }
    // Seeds beyond 2⁵³ differ too, though JSON's numbers would not.
    let (first, again, other) = (
      try spoiled(5, .max), try spoiled(5, .max), try spoiled(5, .max - 1)
    )
    #expect(first == again && first.0 != other.0)
    #expect(try spoiled(10, 1).1 == 1)
    #expect(try spoiled(0, 1).1 == 0)
  }

  @Test func rawInputsOfEveryKindArrive() throws {
    let encoder = try Fixture.letters().type.make()
    let file = FileManager.default.temporaryDirectory.appending(path: "ünï \(UUID()).txt")
    try Data("aab".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    for raw in [
      RawInput.file(path: file.path), .text("aab"), .bytes(Array("aab".utf8), name: "b"),
      .deferred(name: "d") { Array("aab".utf8) },
    ] {
      let fitted = try encoder.fit([try encoder.decode(raw)])
      #expect(fitted.schema.count == 2, "\(raw.name)")
    }
    let wrong = #expect(throws: EncoderError.self) { try encoder.decode(.numbers([1, 2])) }
    #expect(wrong?.kind == .wrongInput && wrong?.message.contains("found numbers") == true)
    let broken = #expect(throws: EncoderError.self) {
      try encoder.decode(.bytes([0xFF, 0xFE], name: "broken"))
    }
    #expect(broken?.kind == .wrongFormat)
    let missing = #expect(throws: EncoderError.self) {
      try encoder.decode(.file(path: "/no/such/file"))
    }
    #expect(missing?.kind == .fileMissing)
  }

  @Test func theKitsOwnErrorsKeepTheirKind() throws {
    let encoder = try Fixture.letters().type.make()
    let nothing = #expect(throws: EncoderError.self) { try encoder.fit([]) }
    #expect(nothing?.kind == .nothingToFit && nothing?.hint == "give texts")
    for state in ["{}", "7", "not JSON", #"{"encoder":"letters","check":1,"state":"[]"}"#] {
      let error = #expect(throws: EncoderError.self) {
        try encoder.restore(state: Data(state.utf8))
      }
      #expect(error?.kind == .badState, "\(state)")
    }
    let unknown = #expect(throws: EncoderError.self) {
      try encoder.corrupt(try encoder.decode(.text("a")), kind: "none", severity: 3, seed: 1)
    }
    #expect(unknown?.kind == .unknownCorruption && unknown?.hint == "choose from: drop")
  }
}
