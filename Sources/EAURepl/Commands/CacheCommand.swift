import FeatureCache
import Foundation
import ModalityKit

struct CacheCommand: Command {
  static let name = "cache"
  static let usage = "cache [info|clear]"
  static let summary = "the features that are kept from session to session"
  static let examples = ["cache", "cache clear"]
  static let details = """
    info    what is kept, last used first (the default)
    clear   delete all of it; the open data set stays open
    Rows of files are found by the content of the file, the encoder, its version and configuration,
    what it learned, and the program that made them. Above 4 GB those used longest ago are deleted.
    `eau --no-cache` neither reads nor writes any.
    """
  static let parameters: [Parameter] = [
    .word("ACTION", .choice(["info", "clear"]), "the default is info", optional: true)
  ]
  static let seeAlso = ["open"]

  private enum Action: String, CaseIterable { case info, clear }

  private let action: Action

  init(_ arguments: Arguments) throws {
    let word = try arguments.words(0...1, Self.self).first ?? Action.info.rawValue
    guard let action = Action(rawValue: word) else {
      throw CommandError.unknown("action", word, among: Action.allCases.map(\.rawValue))
    }
    self.action = action
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let folder = session.cacheFolder else {
      throw CommandError(
        "no-cache", "this session keeps no features",
        hint: "start `eau` without --no-cache")
    }
    switch action {
    case .clear:
      let freed = FeatureCache.clear(folder)
      return Report(
        blocks: [.text("\(NumberText.bytes(freed)) freed in \(folder)")],
        result: .object([("folder", .string(folder)), ("freed", .integer(freed))]))
    case .info:
      return info(FeatureCache.shelves(in: folder), folder, session)
    }
  }

  private func info(_ shelves: [ShelfInfo], _ folder: String, _ session: Session) -> Report {
    let total = shelves.reduce(0) { $0 + $1.bytes }
    let table = Table(
      columns: [
        .init("encoder"), .init("chosen"), .init("features", .right), .init("size", .right),
        .init("last used", .right),
      ],
      rows: shelves.map {
        [
          $0.encoder, choices($0, session), "\($0.features)", NumberText.bytes($0.bytes),
          ISO8601DateFormatter().string(
            from: Date(timeIntervalSince1970: TimeInterval($0.lastUsed))),
        ]
      })
    return Report(
      blocks: [.text("\(NumberText.bytes(total)) in \(folder)")]
        + (shelves.isEmpty ? [] : [.table(table)]),
      result: .object([
        ("folder", .string(folder)), ("bytes", .integer(total)),
        (
          "shelves",
          .array(
            shelves.map {
              .object([
                ("encoder", .string($0.encoder)), ("version", .integer($0.version)),
                ("configuration", (try? JSONValue.parse($0.configuration)) ?? .null),
                ("features", .integer($0.features)), ("bytes", .integer($0.bytes)),
                ("lastUsed", .integer($0.lastUsed)),
              ])
            })
        ),
      ]))
  }

  /// What was configured otherwise than by default, as `use` takes it.
  private func choices(_ shelf: ShelfInfo, _ session: Session) -> String {
    guard let type = session.core.encoderType(identifier: shelf.encoder),
      let standard = try? type.make().configurationJSON,
      case .object(let usual)? = try? JSONValue.parse(String(decoding: standard, as: UTF8.self)),
      case .object(let found)? = try? JSONValue.parse(shelf.configuration)
    else { return "?" }
    let changed = found.filter { entry in
      !usual.contains { $0.0 == entry.0 && $0.1.text() == entry.1.text() }
    }
    return changed.isEmpty
      ? "defaults" : changed.map { "\($0.0)=\($0.1.text())" }.joined(separator: " ")
  }
}
