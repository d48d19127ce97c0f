import Foundation
import Testing

/// The conversation of Plugins/Process/PROTOCOL.md, with the encoder of eau_plugin.py's docstring.
@Suite("the protocol's document")
struct ProtocolDocumentTests {
  private static let folder = Fixture.folder.appending(path: "../../../Plugins/Process")
    .standardizedFileURL

  private struct Message {
    let line: NSDictionary
    let payload: Data
    let isRequest: Bool

    init(_ text: String) throws {
      isRequest = text.hasPrefix("> ")
      let end = try #require(text.lastIndex(of: "}"))
      let json = text[text.index(text.startIndex, offsetBy: 2)...end]
      line = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary)
      payload = Data(
        text[text.index(after: end)...].split(separator: " ").compactMap { UInt8($0, radix: 16) })
      #expect(line["bytes"] as? Int ?? 0 == payload.count)
    }
  }

  @Test func theConversationIsAsWritten() throws {
    let document = try String(
      contentsOf: Self.folder.appending(path: "PROTOCOL.md"), encoding: .utf8)
    let block = document.components(separatedBy: "```protocol\n")[1]
      .components(separatedBy: "\n```")[0]
    let messages = try block.components(separatedBy: "\n").map(Message.init)
    #expect(messages.count >= 10)

    let work = FileManager.default.temporaryDirectory.appending(path: "eau-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let kit = try String(
      contentsOf: Self.folder.appending(path: "Python/eau_plugin.py"), encoding: .utf8)
    let example = kit.components(separatedBy: "\n\n    import eau_plugin\n")[1]
      .components(separatedBy: "\n`plugin load")[0]
      .components(separatedBy: "\n").map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : $0 }
    try Data(kit.utf8).write(to: work.appending(path: "eau_plugin.py"))
    try Data(("import eau_plugin\n" + example.joined(separator: "\n")).utf8)
      .write(to: work.appending(path: "lengths.py"))

    var requests = Data()
    for message in messages where message.isRequest {
      requests += try JSONSerialization.data(withJSONObject: message.line) + Data("\n".utf8)
      requests += message.payload
    }
    let program = Process()
    program.executableURL = URL(filePath: "/usr/bin/env")
    program.arguments = ["python3", work.appending(path: "lengths.py").path]
    let (input, output) = (Pipe(), Pipe())
    (program.standardInput, program.standardOutput) = (input, output)
    try input.fileHandleForWriting.write(contentsOf: requests)
    try input.fileHandleForWriting.close()
    try program.run()
    var answers = try output.fileHandleForReading.readToEnd() ?? Data()
    program.waitUntilExit()
    #expect(program.terminationStatus == 0)
    for message in messages where !message.isRequest {
      let end = try #require(answers.firstIndex(of: UInt8(ascii: "\n")))
      let found = try JSONSerialization.jsonObject(with: answers[..<end]) as? NSDictionary
      #expect(found == message.line)
      answers = Data(answers[(end + 1)...])
      #expect(answers.prefix(message.payload.count) == message.payload)
      answers = Data(answers.dropFirst(message.payload.count))
    }
    #expect(answers.isEmpty)
  }
}
