import Foundation
import ModalityKit

/// A session as the commands that bring it back: what `resume` runs after a crash.
struct SessionScript {
  /// Plugins, chosen encoders, the open data set: each by what it replaces when it comes again.
  private(set) var setup: [Line] = []

  struct Line: Equatable {
    let key: String
    let command: String
  }

  /// - Parameter key: of lines with the same one only the last is kept.
  mutating func note(_ command: String, key: String) {
    setup.removeAll { $0.key == key }
    setup.append(Line(key: key, command: command))
  }

  /// A path that means the same from any folder.
  static func absolute(_ path: String) -> String {
    let expanded = (path as NSString).expandingTildeInPath
    return expanded.hasPrefix("/")
      ? expanded : FileManager.default.currentDirectoryPath + "/" + expanded
  }
}

extension Session {
  /// - Parameter model: where the model lies, when there is one.
  func script(model path: String?) -> [String] {
    var lines = script.setup.map(\.command)
    if model != nil, let path { lines.append("restore \(Word.written(path))") }
    guard let sample else { return lines }
    if let index = sample.index {
      lines.append("sample \(name(ofSample: index))")
    } else {
      lines += sample.parts.compactMap { part in
        part.raw.written.map { "load \(Word.written(part.modality)) \($0)" }
      }
    }
    for part in sample.parts {
      let name = Word.written(part.modality)
      if let corruption = part.corruption {
        lines.append(
          "corrupt \(name) \(Word.written(corruption.kind)) \(corruption.severity) "
            + "--seed \(corruption.seed)")
      }
      if part.isDropped { lines.append("drop \(name)") }
    }
    return lines
  }
}

extension Session {
  /// The id where that finds the sample again, whatever else its data set then has; else the number.
  fileprivate func name(ofSample index: Int) -> String {
    guard let ids = data?.dataset.samples.ids, ids.indices.contains(index) else {
      return "\(index + 1)"
    }
    let id = ids[index]
    let isFound = ids.firstIndex(of: id) == index && !SampleCommand.words.contains(id)
    return isFound ? Word.written(id) : "\(index + 1)"
  }
}

extension RawInput {
  /// As `load` takes it; nil for what nobody typed.
  fileprivate var written: String? {
    switch self {
    case .file(let path): Word.written(SessionScript.absolute(path))
    case .text(let text): Word.written(text)
    case .numbers(let values): Word.written(values.map { "\($0)" }.joined(separator: ", "))
    case .bytes, .deferred: nil
    }
  }
}

extension Arguments {
  /// The arguments as one would type them.
  var written: String {
    let words = positional.map(Word.written)
    let named = options.map { option in
      "--\(option.name)" + (option.value.map { "=" + Word.written($0) } ?? "")
    }
    let pairs = settings.map { "\($0.key)=" + ($0.value.isEmpty ? "" : Word.written($0.value)) }
    return (words + named + pairs).joined(separator: " ")
  }

  /// The same with another first word.
  func replacingFirst(by word: String) -> Arguments {
    var copy = self
    copy.setFirst(word)
    return copy
  }
}
