import Foundation
import Testing

@testable import EAURepl

/// The toolkit's own plugins, which the build puts beside `eau`.
enum BuiltPlugin {
  static let tabular = path("libTabularPlugin.so")
  static let timeSeries = path("libTimeSeriesPlugin.so")

  /// Where they are; guides write `.build/release/`.
  static let folder = PseudoTerminal.program.map {
    URL(filePath: $0).deletingLastPathComponent().path + "/"
  }

  private static func path(_ name: String) -> String? {
    folder.map { $0 + name }.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
  }

  /// Copies one into the workspace, where nobody else can write.
  static func copy(_ path: String?, to name: String, in workspace: Workspace) throws {
    try FileManager.default.copyItem(
      atPath: try #require(path), toPath: workspace.path(name))
    for place in [workspace.folder.path, workspace.path(name)] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place)
    }
  }
}
