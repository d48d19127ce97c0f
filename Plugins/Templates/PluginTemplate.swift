import Foundation

/// A plugin to begin with: files that build, pass the checks and train.
public struct PluginTemplate: Sendable {
  public enum Language: String, Sendable, CaseIterable {
    case swift, c, python
  }

  public struct File: Sendable {
    /// Relative to the plugin's folder.
    public let path: String
    public let content: String
  }

  public let language: Language
  /// The encoder's identifier: lower-case letters, digits and hyphens, a letter first.
  public let name: String
  public let files: [File]
  /// What to type in the plugin's folder to build it; nil when there is nothing to build.
  public let build: String?
  /// What to load then, relative to the plugin's folder.
  public let product: String

  /// - Parameter toolkit: the folder of the toolkit's package, for a plugin in Swift.
  /// - Returns: nil for a name that no encoder can have.
  public init?(_ language: Language, name: String, toolkit: String) {
    guard Self.isName(name) else { return nil }
    self.language = language
    self.name = name
    let type = Self.typeName(name)
    // Never the name of a module that is there already, as `json` or `string` would be.
    let file = name.replacing("-", with: "_") + "_encoder"
    func filled(_ content: [UInt8]) -> String {
      String(decoding: content, as: UTF8.self)
        .replacing("@NAME@", with: name).replacing("@TYPE@", with: type)
        .replacing("@FILE@", with: file).replacing("@TOOLKIT@", with: toolkit)
    }
    switch language {
    case .swift:
      files = [
        File(path: "Package.swift", content: filled(PackageResources.Package_swift_template)),
        File(
          path: "Sources/\(type)/\(type).swift",
          content: filled(PackageResources.Encoder_swift_template)),
      ]
      build = "swift build -c release"
      product = ".build/release/lib\(type).so"
    case .c:
      files = [
        File(path: "\(file).c", content: filled(PackageResources.encoder_c_template)),
        File(path: "eau_plugin.h", content: filled(PackageResources.eau_plugin_h)),
        File(path: "Makefile", content: filled(PackageResources.Makefile_template)),
      ]
      build = "make"
      product = "\(file).so"
    case .python:
      files = [
        File(path: "\(file).py", content: filled(PackageResources.encoder_py_template)),
        File(path: "eau_plugin.py", content: filled(PackageResources.eau_plugin_py)),
      ]
      build = nil
      product = "\(file).py"
    }
  }

  private static func isName(_ name: String) -> Bool {
    let letters = Set("abcdefghijklmnopqrstuvwxyz")
    let allowed = letters.union("0123456789-")
    return name.count <= 64 && name.allSatisfy(allowed.contains)
      && name.first.map(letters.contains) == true && name.last != "-" && !name.contains("--")
  }

  /// `word-lengths` is WordLengthsEncoder.
  private static func typeName(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined() + "Encoder"
  }
}
