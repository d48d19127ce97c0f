import Foundation
import Fusion
import ModalityKit
import PluginTemplates

/// What TAB offers: commands, then whatever the command takes at that place.
struct Completer {
  let session: Session

  /// - Parameter cursor: a byte offset into the line's UTF-8.
  func complete(_ line: String, cursor: Int) -> Completion {
    let before = String(decoding: Array(line.utf8).prefix(cursor), as: UTF8.self)
    let statement = before.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
    var words = statement.split(whereSeparator: \.isWhitespace).map(String.init)
    let current = statement.last.map(\.isWhitespace) ?? true ? "" : words.popLast() ?? ""
    return Completion(candidates(after: words, current).filter { $0.hasPrefix(current) })
  }

  private func candidates(after words: [String], _ current: String) -> [String] {
    guard let verb = words.first else { return Commands.all.map { $0.name } }
    guard let command = Commands.all.first(where: { $0.name == verb }) else { return [] }
    if current.hasPrefix("--") { return (command.options + command.flags).map { "--" + $0 } }
    switch (verb, words.count, words.last) {
    case (_, _, "--split"): return Dataset.Split.allCases.map(\.rawValue)
    case (_, _, "--alpha"): return FusionRule.allCases.map(\.rawValue)
    case (_, _, "--ura"): return AugmentationForm.allCases.map(\.rawValue)
    case ("open", 1, _): return ["demo", "stamps", "handwritten"] + paths(current)
    case ("save", 1, _), ("restore", 1, _): return paths(current)
    case ("plot", 1, _): return ["features"]
    case ("plot", 2..., _): return session.modalities + paths(current)
    case ("plugin", 1, _): return PluginCommand.actions
    case ("plugin", _, "--language"): return PluginTemplate.Language.allCases.map(\.rawValue)
    case ("plugin", 2, "load"): return ShippedPlugins.all.map(\.name) + paths(current)
    case ("plugin", 2, "info"):
      return session.plugins.map(\.descriptor.identifier) + paths(current)
    case ("plugin", 2..., _): return paths(current)
    case ("cache", 1, _): return ["info", "clear"]
    case ("benchmark", 1, _): return BenchmarkSuite.allCases.map(\.rawValue)
    case ("compare", _, _):
      return ["current"] + (session.data?.dataset.samples.map(\.id) ?? []) + paths(current)
    case ("help", 1, _): return Commands.all.map { $0.name }
    case ("encoders", 1, _): return session.core.encoderTypes.map(\.descriptor.identifier)
    case ("sample", 1, _):
      return ["next", "random"] + (session.data?.dataset.samples.map(\.id) ?? [])
    case ("samples", 1, _): return session.data?.dataset.classes ?? []
    case ("load", 2, _): return paths(current)
    case ("use", 2, let modality):
      return session.core.encoderTypes.map(\.descriptor)
        .filter { $0.modality == modality || $0.traits.contains(.numeric) }.map(\.identifier)
    case ("use", 3..., _):
      let encoder = session.core.encoderType(identifier: words[2])
      return encoder?.descriptor.parameters.map { $0.name + "=" } ?? []
    case ("train", _, _):
      let presets = TrainingOptions.Preset.allCases.map(\.rawValue)
      return (words.count == 1 ? presets : []) + TrainingOptions.parameters.map { $0.name + "=" }
    case ("corrupt", 2, let modality?), ("sweep", 2, let modality?):
      return (try? session.encoder(for: modality).corruptions.map(\.name)) ?? []
    case ("load", 1, _), ("use", 1, _), ("inspect", 1, _), ("corrupt", 1, _), ("clean", 1, _),
      ("drop", 1, _), ("sweep", 1, _):
      return session.modalities
    default: return []
    }
  }

  /// Files and folders that begin with the text; folders end in `/`.
  private func paths(_ text: String) -> [String] {
    let folder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let place = folder.isEmpty ? "." : (folder as NSString).expandingTildeInPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    let hidden = text.dropFirst(folder.count).hasPrefix(".")
    return names.filter { hidden || !$0.hasPrefix(".") }.sorted().map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder)
      return folder + name + (isFolder.boolValue ? "/" : "")
    }
  }
}
