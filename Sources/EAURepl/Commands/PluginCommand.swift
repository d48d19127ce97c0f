import EncoderChecks
import Foundation
import ModalityKit

struct PluginCommand: Command {
  static let name = "plugin"
  static let usage = "plugin load PATH | plugin list | plugin check PATH [SAMPLE …]"
  static let summary = "load encoders that others wrote, and check them"
  static let examples = [
    "plugin load ./libpitch.so", "plugin list", "plugin check ./libpitch.so a.wav b.wav",
  ]
  static let details = """
    load PATH    load the encoder that a shared object holds; `use MODALITY ENCODER` chooses it. It
                 runs in this process and may do what you may: only load what you trust
    list         the plugins of this session
    check PATH   hold an encoder to everything the toolkit expects of one, on samples (files, or
                 sentences in quotes) that it must be able to read: two or more, different ones
    """

  private enum Action {
    case load(String)
    case list
    case check(String, samples: [String])
  }

  private let action: Action

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(1...1000, Self.self)
    let rest = Array(words.dropFirst())
    switch (words[0], rest.count) {
    case ("load", 1): action = .load(rest[0])
    case ("list", 0): action = .list
    case ("check", 1...): action = .check(rest[0], samples: Array(rest.dropFirst()))
    case ("load", _), ("list", _), ("check", _):
      throw CommandError.usage(Self.self, "`\(words[0])` takes other arguments")
    default: throw CommandError.unknown("action", words[0], among: ["load", "list", "check"])
    }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    switch action {
    case .load(let path): try load(path, &session)
    case .list: list(session)
    case .check(let path, let samples): try check(path, samples)
    }
  }

  private func load(_ path: String, _ session: inout Session) throws -> Report {
    let place = (path as NSString).expandingTildeInPath
    let type = try PluginLibrary.load(place)
    let descriptor = type.descriptor
    if let known = session.core.encoderType(identifier: descriptor.identifier),
      !session.plugins.contains(where: { $0.type.descriptor.identifier == descriptor.identifier })
    {
      throw CommandError(
        "plugin-name-taken",
        "\(path) calls its encoder \(descriptor.identifier), as a built-in encoder for "
          + "\(known.descriptor.modality) is called",
        hint: "give it an identifier of its own")
    }
    session.plugins.removeAll { $0.type.descriptor.identifier == descriptor.identifier }
    session.plugins.append(.init(path: place, type: type))
    session.core.register(type)
    return Report(
      blocks: [
        .text(
          "loaded \(descriptor.identifier) \(descriptor.version) for \(descriptor.modality): "
            + descriptor.summary)
      ],
      result: .object(
        [("action", .string("load"))] + json(session.plugins[session.plugins.count - 1])))
  }

  private func list(_ session: Session) -> Report {
    let rows = session.plugins.map {
      [
        $0.type.descriptor.identifier, "\($0.type.descriptor.version)",
        $0.type.descriptor.modality, $0.path,
      ]
    }
    let table = Table(
      columns: [.init("encoder"), .init("version", .right), .init("modality"), .init("file")],
      rows: rows)
    return Report(
      blocks: rows.isEmpty ? [.text("no plugin is loaded")] : [.table(table)],
      result: .object([
        ("action", .string("list")),
        ("plugins", .array(session.plugins.map { .object(json($0)) })),
      ]))
  }

  private func json(_ plugin: Session.Plugin) -> [(String, JSONValue)] {
    let descriptor = plugin.type.descriptor
    return [
      ("identifier", .string(descriptor.identifier)), ("version", .integer(descriptor.version)),
      ("modality", .string(descriptor.modality)), ("path", .string(plugin.path)),
    ]
  }

  private func check(_ path: String, _ samples: [String]) throws -> Report {
    let place = (path as NSString).expandingTildeInPath
    let type = try PluginLibrary.load(place)
    let inputs = samples.map { sample -> RawInput in
      let file = (sample as NSString).expandingTildeInPath
      return FileManager.default.fileExists(atPath: file) ? .file(path: file) : .text(sample)
    }
    let findings = EncoderInspection(type, samples: inputs).findings()
    let errors = findings.count { $0.severity == .error }
    let verdict =
      findings.isEmpty
      ? "nothing found: \(EncoderCheck.allCases.count) checks passed"
      : "\(findings.count) findings, \(errors) of them errors"
    let table = Table(
      columns: [.init("finding"), .init("code"), .init("what")],
      rows: findings.map { [$0.severity.rawValue, $0.check.rawValue, $0.message] })
    let reasons = Set(findings.map(\.check)).sorted { $0.rawValue < $1.rawValue }.map {
      Block.note("\($0.rawValue): \($0.explanation)")
    }
    return Report(
      blocks: [.text("\(type.descriptor.identifier): \(verdict)")]
        + (findings.isEmpty ? [] : [.table(table)]) + reasons,
      result: .object([
        ("action", .string("check")), ("identifier", .string(type.descriptor.identifier)),
        ("errors", .integer(errors)),
        (
          "findings",
          .array(
            findings.map {
              .object([
                ("severity", .string($0.severity.rawValue)), ("code", .string($0.check.rawValue)),
                ("message", .string($0.message)), ("explanation", .string($0.check.explanation)),
              ])
            })
        ),
      ]))
  }
}
