import Foundation

/// A folder of its own for one run of `eau`: working directory, home, and input files.
final class Workspace: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "eau-session-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A file of `Tests/Fixtures`, for example `modalities/rgb-8.png`.
  static func fixture(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures").appending(path: name)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// - Parameter limit: the copy is cut off behind so many bytes.
  func copy(fixture: String, to name: String, limit: Int = .max) throws {
    try write(Array(try Data(contentsOf: Self.fixture(fixture)).prefix(limit)), to: name)
  }
}
