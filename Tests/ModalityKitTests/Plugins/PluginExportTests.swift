import EncoderChecks
import Foundation
import PluginABI
import Testing

@testable import ModalityKit

/// A Swift encoder goes out through the C interface and comes in again.
@Suite("Swift encoders as plugins")
struct PluginExportTests {
  private func roundTrip() throws -> EncoderType {
    let table = try #require(exportPlugin(RepeatingEncoder.self, UInt32(EAU_PLUGIN_ABI)))
    return try ForeignPlugin(
      table.assumingMemoryBound(to: eau_plugin.self), path: "exported",
      origin: nil
    ).type
  }

  @Test func itKeepsAllPromisesOnTheOtherSide() throws {
    let type = try roundTrip()
    #expect(type.descriptor == RepeatingEncoder.descriptor)
    let samples: [RawInput] = [.text("one two two"), .text("three"), .text("two three three")]
    #expect(EncoderInspection(type, samples: samples).findings() == [])
  }

  @Test func itsRowsAreTheSame() throws {
    let (outer, own) = (try roundTrip().make(), try EncoderType(RepeatingEncoder.self).make())
    let texts: [RawInput] = [.text("one two two"), .text("three one"), .text("")]
    let (foreign, direct) = (
      try outer.fit(texts.map { try outer.decode($0) }),
      try own.fit(texts.map { try own.decode($0) })
    )
    #expect(foreign.schema == direct.schema)
    for text in texts {
      var (a, b) = (FeatureRow(), FeatureRow())
      try foreign.encode(try outer.decode(text), into: &a)
      try direct.encode(try own.decode(text), into: &b)
      #expect(a == b)
    }
  }

  @Test func itsWarningsComeThrough() throws {
    let encoder = try roundTrip().make()
    let fitted = try encoder.fit([try encoder.decode(.text("one two"))])
    #expect(fitted.warnings(try encoder.decode(.text("six ten"))) == ["six is new", "ten is new"])
    #expect(fitted.warnings(try encoder.decode(.text("two"))) == [])
  }

  @Test func anotherAbiIsRefused() {
    #expect(exportPlugin(RepeatingEncoder.self, UInt32(EAU_PLUGIN_ABI) + 1) == nil)
  }
}

/// How often each word of the training texts comes: sparse, fitted, corruptible.
private struct RepeatingEncoder: ModalityEncoder {
  struct Configuration: Codable, Hashable, Sendable { var weight = 1.0 }
  struct State: Codable, Sendable { let words: [String] }

  static let descriptor = EncoderDescriptor(
    identifier: "repeating", version: 3, modality: "text", summary: "words", accepts: "text",
    parameters: [.init("weight", .real(0.5...2, default: 1), "of each word")], traits: [.sparse])
  static let defaultConfiguration = Configuration()
  static let corruptions: [Corruption<[String]>] = [
    Corruption("drop", "each word with probability severity / 10") { words, severity, generator in
      var generator = generator
      let kept = words.filter { _ in generator.uniform() >= severity / 10 }
      return Corrupted(
        signal: kept,
        realised: .init(
          amount: words.isEmpty ? 0 : 1 - Double(kept.count) / Double(words.count), text: "dropped"
        ))
    }
  ]

  let configuration: Configuration

  init(configuration: Configuration) throws(EncoderError) {
    guard (0.5...2).contains(configuration.weight) else {
      throw EncoderError(.badParameter, "weight expects 0.5…2", hint: "1 is usual")
    }
    self.configuration = configuration
  }

  func decode(_ raw: RawInput) throws(EncoderError) -> [String] {
    guard case .text(let text) = raw else {
      throw EncoderError(.wrongInput, "expected text", hint: "give a sentence")
    }
    return text.split(separator: " ").map(String.init)
  }

  func fit(_ signals: some Sequence<[String]>) throws(EncoderError) -> State {
    var words: Set<String> = []
    var texts = 0
    for signal in signals {
      words.formUnion(signal)
      texts += 1
    }
    guard texts > 0 else {
      throw EncoderError(.nothingToFit, "expected a text, found none", hint: "give some")
    }
    return State(words: words.sorted())
  }

  func schema(_ state: State) -> FeatureSchema {
    FeatureSchema(names: state.words.map { "word:\($0)" })
  }

  func encode(
    _ signal: [String], _ state: State, into row: inout FeatureRow
  ) throws(EncoderError) {
    row.startSparse()
    for (column, word) in state.words.enumerated() {
      let count = signal.count { $0 == word }
      if count > 0 { row.append(Float(configuration.weight * Double(count)), at: column) }
    }
  }

  func preview(_ signal: [String]) -> Preview { Preview(.tokens(signal), caption: "words") }

  func warnings(_ signal: [String], _ state: State) -> [String] {
    signal.filter { !state.words.contains($0) }.map { "\($0) is new" }
  }
}
