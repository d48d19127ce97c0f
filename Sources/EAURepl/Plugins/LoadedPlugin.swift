import Foundation
import ModalityKit
import PluginProcess

/// An encoder from outside, and how it runs.
struct LoadedPlugin: Sendable {
  enum Place: String, Sendable {
    /// A shared object in the session's own process.
    case session
    /// A shared object in a process of its own.
    case isolated
    /// A program or script, which always has a process of its own.
    case program

    var text: String {
      switch self {
      case .session: "in this process"
      case .isolated: "isolated"
      case .program: "a program"
      }
    }
  }

  let path: String
  let type: EncoderType
  let place: Place
  /// nil for what runs in this process.
  let process: ProcessPlugin?

  var descriptor: EncoderDescriptor { type.descriptor }

  /// - Parameters:
  ///   - word: the path of a shared object, a Python script or a program; or the name of a plugin
  ///     that comes with the toolkit.
  ///   - isolated: whether a shared object shall have a process of its own.
  ///   - limits: what a process may use.
  /// - Throws: `PluginError`.
  init(_ word: String, isolated: Bool, limits: PluginLimits = PluginLimits()) throws {
    path = ShippedPlugins.path(of: word) ?? (word as NSString).expandingTildeInPath
    let isTrusted = ShippedPlugins.contain(path)
    let origin = try PluginFile.origin(path, isTrusted: isTrusted)
    let name = origin.file
    if Self.isSharedObject(name), !isolated {
      (type, place, process) = (try PluginLibrary.load(path, isTrusted: isTrusted), .session, nil)
      return
    }
    let command =
      Self.isSharedObject(name)
      ? [PluginHost.program, "--\(PluginHost.option)", path] : try Self.command(path)
    let started = try ProcessPlugin(
      command, name: name, origin: origin, limits: limits,
      shouldStop: { Interrupt.isRequested })
    (type, process) = (started.type, started)
    place = Self.isSharedObject(name) ? .isolated : .program
  }

  private static func isSharedObject(_ name: String) -> Bool {
    name.hasSuffix(".so") || name.contains(".so.")
  }

  /// How to run a program: by itself if it may be, else by Python if it is a script of it.
  private static func command(_ path: String) throws -> [String] {
    // Without a slash it would be looked for elsewhere.
    let place = path.contains("/") ? path : "./\(path)"
    if access(place, X_OK) == 0 { return [place] }
    guard path.hasSuffix(".py") else {
      throw PluginError(
        "plugin-not-loadable",
        "expected a shared object (.so), a Python script (.py) or a program, found \(path)",
        hint: "chmod +x what shall be run")
    }
    return ["python3", place]
  }
}

/// The plugins that lie beside the executable.
enum ShippedPlugins {
  /// This program.
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first ?? "eau"
  }

  private static var folder: String { (executable as NSString).deletingLastPathComponent }

  /// `time-series` for libTimeSeriesPlugin.so, with its path; sorted.
  static var all: [(name: String, path: String)] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.sorted().compactMap { file in
      guard file.hasPrefix("lib"), file.hasSuffix("Plugin.so") else { return nil }
      let words = file.dropFirst(3).dropLast(9)
      let name = words.enumerated().map { index, letter in
        letter.isUppercase && index > 0 ? "-\(letter.lowercased())" : letter.lowercased()
      }
      return name.isEmpty ? nil : (name.joined(), "\(folder)/\(file)")
    }
  }

  static func contain(_ path: String) -> Bool { all.contains { $0.path == path } }

  /// nil for anything that could be a path.
  static func path(of word: String) -> String? {
    guard !word.contains("/"), !word.contains(".") else { return nil }
    return all.first { $0.name == word }?.path
  }
}
