import Foundation
import ModalityKit
import Testing

@testable import PluginProcess

/// The number of characters, dense; learns how many the longest text had.
private struct Length: ModalityEncoder {
  struct Configuration: Codable, Hashable, Sendable {}

  static let descriptor = EncoderDescriptor(
    identifier: "length", version: 1, modality: "text", summary: "length", accepts: "text",
    parameters: [])
  static let defaultConfiguration = Configuration()
  var configuration = Configuration()

  init(configuration: Configuration) {}

  func decode(_ raw: RawInput) throws(EncoderError) -> String {
    guard case .text(let text) = raw else {
      throw EncoderError(.wrongInput, "expected text", hint: "give text")
    }
    return text
  }

  func fit(_ signals: some Sequence<String>) throws(EncoderError) -> Int {
    // Content with three: what comes after is not asked for.
    signals.prefix(3).map(\.count).max() ?? 0
  }

  func schema(_ state: Int) -> FeatureSchema { FeatureSchema(names: ["of \(state)"]) }

  func encode(_ signal: String, _ state: Int, into row: inout FeatureRow) throws(EncoderError) {
    row.startDense(capacity: 1)
    row.append(Float(signal.count))
  }

  func preview(_ signal: String) -> Preview { Preview(.tokens([signal]), caption: "a text") }
}

@Suite("the plugin's side of the line protocol")
struct PluginServerTests {
  /// What is answered to some lines, which must fit into a pipe.
  private func answers(_ lines: [String]) throws -> [String] {
    let (requests, answers) = (Pipe(), Pipe())
    let text = lines.map { $0.hasSuffix("|") ? String($0.dropLast()) : $0 + "\n" }.joined()
    try requests.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try requests.fileHandleForWriting.close()
    var server = PluginServer(
      EncoderType(Length.self), input: requests.fileHandleForReading.fileDescriptor,
      output: answers.fileHandleForWriting.fileDescriptor)
    server.run()
    try answers.fileHandleForWriting.close()
    let data = try answers.fileHandleForReading.readToEnd() ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let opening = [
    #"{"do":"hello","protocol":1}"#, #"{"do":"create","encoder":1,"configuration":{}}"#,
    #"{"do":"decode","encoder":1,"signal":5,"kind":"text","bytes":3}"#, "abc|",
  ]

  @Test func aWholeConversation() throws {
    let found = try answers(
      Self.opening + [
        #"{"do":"fit","encoder":1}"#, #"{"do":"learn","encoder":1,"signal":5}"#,
        #"{"do":"decode","encoder":1,"signal":6,"kind":"text","bytes":4}"#, "long|",
        #"{"do":"learn","encoder":1,"signal":6}"#, #"{"do":"learn","encoder":1,"signal":5}"#,
        #"{"do":"learn","encoder":1,"signal":5}"#, #"{"do":"fitted","encoder":1}"#,
        #"{"do":"create","encoder":2,"configuration":{},"bytes":1}"#, "4|",
        #"{"do":"names","encoder":2}"#, #"{"do":"preview","encoder":1,"signal":6}"#,
        #"{"do":"release","signals":[5,6]}"#, #"{"do":"destroy","encoder":2}"#,
        #"{"do":"names","encoder":2}"#,
      ])
    // hello, create, decode, fit, learn, decode, learn ×3, the state, create, names, …
    #expect(found.count == 17, "\(found)")
    #expect(found[0].contains(#""protocol":1"#) && found[0].contains(#""identifier":"length""#))
    #expect(found[9] == #"{"bytes":1}"#)
    #expect(found[10].hasPrefix("4{"), "the state, then the answer to create: \(found[10])")
    #expect(found[12] == "of 4")
    #expect(found[13].contains(#""tokens":["long"]"#))
    #expect(found[16].contains("no such encoder"))
  }

  @Test(arguments: [
    (#"{"do":"encode","encoder":1,"signal":5}"#, "no such encoder was created from a state"),
    (#"{"do":"learn","encoder":1,"signal":5}"#, "there is no fitting under way"),
    (#"{"do":"fitted","encoder":1}"#, "there is no fitting under way"),
    (#"{"do":"preview","encoder":9,"signal":5}"#, "no such encoder"),
    (#"{"do":"preview","encoder":1,"signal":9}"#, "no such signal"),
    (#"{"do":"corrupt","encoder":1,"signal":5}"#, "a corruption needs"),
    (#"{"do":"decode","encoder":1,"signal":6}"#, "a raw input needs its kind"),
    (#"{"do":"decode","encoder":1,"signal":6,"kind":"numbers","bytes":0}"#, "expected text"),
  ])
  func whatMakesNoSenseIsAnsweredWithAnError(line: String, words: String) throws {
    let found = try answers(Self.opening + [line, #"{"do":"hello","protocol":1}"#])
    #expect(found.count == 5)
    #expect(found[3].contains(words), "\(found[3])")
    #expect(found[4].contains("length"), "and the service goes on")
  }

  @Test(arguments: ["hello", "{\"do\":\"dance\"}", "{\"do\":\"names\",\"bytes\":99}"])
  func itEndsAtWhatIsNoRequest(line: String) throws {
    #expect(try answers(Self.opening + [line]).count == 3)
  }

  @Test func theEndDuringFittingIsAnEnd() throws {
    let found = try answers(Self.opening + [#"{"do":"fit","encoder":1}"#])
    #expect(found.count >= 4)
  }
}
