import Foundation
import PluginTemplates

/// `plugin new`: writes a plugin to begin with.
struct NewPlugin {
  private let template: PluginTemplate

  var name: String { template.name }

  init(_ name: String, language word: String?) throws {
    let languages = PluginTemplate.Language.allCases
    guard let language = PluginTemplate.Language(rawValue: word ?? "python") else {
      throw CommandError.unknown("language", word ?? "", among: languages.map(\.rawValue))
    }
    let toolkit = language == .swift ? try Self.toolkit() : ""
    guard let template = PluginTemplate(language, name: name, toolkit: toolkit) else {
      throw CommandError(
        "bad-name", "no encoder can be called \"\(printable(name))\"",
        hint: "lower-case letters, digits and hyphens, a letter first: word-lengths")
    }
    self.template = template
  }

  /// The toolkit's package: what EAU_TOOLKIT names, or where this program was built.
  private static func toolkit() throws -> String {
    let given = ProcessInfo.processInfo.environment["EAU_TOOLKIT"]
    let built = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL.path
    for folder in [given, built].compactMap({ $0 })
    where FileManager.default.fileExists(atPath: "\(folder)/Sources/ModalityKit") {
      return folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    }
    throw CommandError(
      "toolkit-missing", "the toolkit's package is no longer at \(built)",
      hint: "set EAU_TOOLKIT to the folder of its Package.swift")
  }

  func write() throws -> Report {
    let folder = URL(filePath: template.name)
    guard !FileManager.default.fileExists(atPath: template.name) else {
      throw CommandError(
        "file-exists", "there is something called \(template.name) here already",
        hint: "choose another name, or another folder")
    }
    do {
      for file in template.files {
        let place = folder.appending(path: file.path)
        // Only their owner may change what will be loaded.
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o755])
        try Data(file.content.utf8).write(to: place)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o644], ofItemAtPath: place.path)
      }
    } catch {
      throw CommandError(
        "cannot-write", "\(template.name) cannot be written: \(error.localizedDescription)",
        hint: "check the folder's permissions")
    }
    return report()
  }

  private func report() -> Report {
    let product = "\(template.name)/\(template.product)"
    let steps =
      (template.build.map { ["in a shell: cd \(template.name) && \($0)"] } ?? [])
      + [
        "plugin check \(product)", "plugin load \(product)",
        "use text \(template.name)",
      ]
    let files = template.files.map { "\(template.name)/\($0.path)" }
    return Report(
      blocks: [.text("wrote " + files.joined(separator: ", "))] + steps.map { .note($0) },
      result: .object([
        ("action", .string("new")), ("identifier", .string(template.name)),
        ("language", .string(template.language.rawValue)),
        ("files", .array(files.map { .string($0) })),
        ("build", JSONValue(template.build)), ("product", .string(product)),
      ]))
  }
}
