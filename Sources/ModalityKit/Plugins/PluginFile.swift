import Foundation

/// Where a plugin's encoder comes from.
public struct PluginOrigin: Sendable, Hashable {
  /// The last part of the path: what a person would look for.
  public let file: String
  /// Another one for other content: a rebuilt plugin may compute otherwise.
  public let identity: String

  public init(file: String, identity: String) {
    self.file = file
    self.identity = identity
  }
}

/// The file a plugin is loaded from.
public enum PluginFile {
  /// Checks that only its owner could have written it, and says what it is.
  ///
  /// - Parameter isTrusted: nothing is checked: it belongs to the program, and who can write there
  ///   could as well replace the program.
  /// - Throws: `plugin-missing`, or `plugin-not-trusted` for a file that others may write.
  public static func origin(
    _ path: String, isTrusted: Bool = false
  ) throws(PluginError) -> PluginOrigin {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw PluginError("plugin-missing", "no file at \(path)", hint: "check the spelling")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw PluginError(
        "plugin-missing", "expected a plugin, found no regular file at \(path)",
        hint: "name the .so, the .py or the program itself")
    }
    guard isTrusted || isOwn(path, status) else {
      throw PluginError(
        "plugin-not-trusted", "\(path) can be written by others, and would run as you",
        hint: "chmod go-w the file and its folder, and own it")
    }
    var identity = identity(status)
    for (module, status) in modules(beside: path) {
      guard isTrusted || isOwn(module, status) else {
        throw PluginError(
          "plugin-not-trusted", "\(module), which \(path) may import, can be written by others",
          hint: "chmod go-w it, and own it")
      }
      identity += " " + self.identity(status)
    }
    return PluginOrigin(file: (path as NSString).lastPathComponent, identity: identity)
  }

  private static func identity(_ status: stat) -> String {
    "\(status.st_size) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// The Python files in the folder of a Python script, sorted: what it imports of its own.
  private static func modules(beside path: String) -> [(path: String, status: stat)] {
    guard path.hasSuffix(".py") else { return [] }
    let folder = (path as NSString).deletingLastPathComponent
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder))
    return (names ?? []).sorted().filter { $0.hasSuffix(".py") }.prefix(1000).compactMap { name in
      let module = (folder as NSString).appendingPathComponent(name)
      var status = stat()
      return stat(module, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        ? (module, status) : nil
    }
  }
  /// Whether nobody but its owner, who is this person or root, can change or replace it.
  private static func isOwn(_ path: String, _ status: stat) -> Bool {
    let folder = (path as NSString).deletingLastPathComponent
    let others = S_IWGRP | S_IWOTH
    var around = stat()
    guard stat(folder.isEmpty ? "." : folder, &around) == 0 else { return false }
    let isSticky = around.st_mode & S_ISVTX != 0
    return (status.st_uid == geteuid() || status.st_uid == 0) && status.st_mode & others == 0
      && (around.st_mode & others == 0 || isSticky) && !isBelowAnOpenFolder(folder)
  }

  /// Whether a folder above this one lets everybody put another in its place.
  private static func isBelowAnOpenFolder(_ folder: String) -> Bool {
    var place = URL(filePath: folder.isEmpty ? "." : folder).resolvingSymlinksInPath().path
    while place.count > 1 {
      place = (place as NSString).deletingLastPathComponent
      var status = stat()
      if stat(place, &status) == 0, status.st_mode & S_IWOTH != 0, status.st_mode & S_ISVTX == 0 {
        return true
      }
    }
    return false
  }
}
