import Foundation
import PluginABI

/// A shared object that holds an encoder.
///
/// It becomes part of this process and can do whatever the process can: only what was named is
/// loaded, and nothing that others could have changed.
public enum PluginLibrary {
  /// Loads a plugin; it stays loaded until the process ends.
  ///
  /// - Throws: `PluginError`: `plugin-missing`, `plugin-not-trusted` for a file that others may write,
  ///   `plugin-not-loadable` for what is no shared object of this machine, `plugin-no-entry`,
  ///   `plugin-wrong-abi`, `plugin-bad-descriptor`.
  public static func load(_ path: String) throws(PluginError) -> EncoderType {
    try check(path)
    // Without a slash dlopen would search elsewhere.
    let place = path.contains("/") ? path : "./\(path)"
    guard let library = dlopen(place, RTLD_NOW | RTLD_LOCAL) else {
      throw PluginError(
        "plugin-not-loadable", "\(path) cannot be loaded: \(lastError())",
        hint: "build it as a shared object for this machine")
    }
    guard let symbol = dlsym(library, "eau_plugin_entry") else {
      dlclose(library)
      throw PluginError(
        "plugin-no-entry", "\(path) does not export eau_plugin_entry",
        hint: "define it as eau_plugin.h says, and do not hide it")
    }
    let entry = unsafeBitCast(
      symbol, to: (@convention(c) (UInt32) -> UnsafePointer<eau_plugin>?).self)
    guard let table = entry(UInt32(EAU_PLUGIN_ABI)) else {
      throw PluginError(
        "plugin-wrong-abi", "\(path) refuses ABI \(EAU_PLUGIN_ABI), which this toolkit speaks",
        hint: "build it with this toolkit's eau_plugin.h")
    }
    return try ForeignPlugin(table, path: path).type
  }

  private static func check(_ path: String) throws(PluginError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw PluginError("plugin-missing", "no file at \(path)", hint: "check the spelling")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw PluginError(
        "plugin-missing", "expected a shared object, found no regular file at \(path)",
        hint: "name the .so file itself")
    }
    let folder = (path as NSString).deletingLastPathComponent
    var around = stat()
    let isSticky =
      stat(folder.isEmpty ? "." : folder, &around) == 0 && around.st_mode & S_ISVTX != 0
    let folderIsOpen = around.st_mode & (S_IWGRP | S_IWOTH) != 0 && !isSticky
    let isOwn = status.st_uid == geteuid() || status.st_uid == 0
    guard isOwn, status.st_mode & (S_IWGRP | S_IWOTH) == 0, !folderIsOpen else {
      throw PluginError(
        "plugin-not-trusted", "\(path) can be written by others, and would run as you",
        hint: "chmod go-w the file and its folder, and own it")
    }
  }

  private static func lastError() -> String {
    dlerror().map { String(cString: $0) } ?? "unknown error"
  }
}
