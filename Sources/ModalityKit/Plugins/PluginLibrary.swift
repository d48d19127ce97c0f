import Foundation
import PluginABI

/// A shared object that holds an encoder.
///
/// It becomes part of this process and can do whatever the process can: only what was named is
/// loaded, and nothing that others could have changed.
public enum PluginLibrary {
  /// Loads a plugin; it stays loaded until the process ends.
  ///
  /// - Parameter isTrusted: see `PluginFile.origin`.
  /// - Throws: `PluginError`: `plugin-missing`, `plugin-not-trusted` for a file that others may write,
  ///   `plugin-not-loadable` for what is no shared object of this machine, `plugin-no-entry`,
  ///   `plugin-wrong-abi`, `plugin-bad-descriptor`.
  public static func load(
    _ path: String, isTrusted: Bool = false
  ) throws(PluginError) -> EncoderType {
    let origin = try PluginFile.origin(path, isTrusted: isTrusted)
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
    return try ForeignPlugin(table, path: path, origin: origin).type
  }

  private static func lastError() -> String {
    dlerror().map { String(cString: $0) } ?? "unknown error"
  }
}
