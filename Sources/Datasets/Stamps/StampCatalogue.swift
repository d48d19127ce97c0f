import Foundation

/// One stamp: the files and descriptions that share a name.
struct Stamp: Sendable {
  /// Path below the stamps folder without extension: `animals/birds/ostrich`.
  let key: String
  var bitmap: String?
  var drawing: String?
  var effectSound: String?
  /// Locale → spoken description; `en` for the file without a locale.
  var speech: [String: String] = [:]
  var descriptions: StampDescriptions?

  /// The first folder: `animals`, `town` …
  var category: String { String(key.prefix { $0 != "/" }) }

  func sound(_ audio: String) -> String? {
    audio == StampOptions.effectSounds ? effectSound : speech[audio]
  }

  /// `pt_BR`, `ca@valencia` …
  static func isLocaleCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "_" || character == "@")
  }
}

/// All stamps below a folder, sorted by key. Symbolic links to folders are not followed.
struct StampCatalogue {
  /// Deeper than any stamp lies, and an end to a folder that was built to have none.
  static let depthLimit = 12

  private(set) var stamps: [Stamp] = []

  init(folder: String) {
    walk(folder, below: "", depth: 0)
    stamps.sort { precedesByCodePoint($0.key, $1.key) }
  }

  private mutating func walk(_ folder: String, below prefix: String, depth: Int) {
    let manager = FileManager.default
    guard depth < Self.depthLimit, let names = try? manager.contentsOfDirectory(atPath: folder)
    else { return }
    var files: Set<String> = []
    var folders: [String] = []
    for name in names {
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        folders.append(name)
      } else if stat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        files.insert(name)
      }
    }
    collect(files.sorted(by: precedesByCodePoint), files, folder, prefix)
    for name in folders.sorted(by: precedesByCodePoint) {
      walk("\(folder)/\(name)", below: "\(prefix)\(name)/", depth: depth + 1)
    }
  }

  private mutating func collect(
    _ names: [String], _ present: Set<String>, _ folder: String, _ prefix: String
  ) {
    var bases: [String] = []
    for name in names {
      guard let base = Self.stampName(name), bases.last != base else { continue }
      bases.append(base)
    }
    // A bitmap and a drawing of one name need not stand next to each other in sorted order.
    for base in Set(bases).sorted(by: precedesByCodePoint) {
      func path(_ suffix: String) -> String? {
        present.contains(base + suffix) ? "\(folder)/\(base)\(suffix)" : nil
      }
      var stamp = Stamp(key: prefix + base)
      stamp.bitmap = path(".png")
      stamp.drawing = path(".svg")
      stamp.effectSound = path(".ogg") ?? path(".wav")
      stamp.speech["en"] = path("_desc.ogg")
      for name in names where name.hasPrefix("\(base)_desc_") && name.hasSuffix(".ogg") {
        let locale = String(name.dropFirst(base.count + 6).dropLast(4))
        if locale.allSatisfy(Stamp.isLocaleCharacter) {
          stamp.speech[locale] = "\(folder)/\(name)"
        }
      }
      if let file = path(".txt") { stamp.descriptions = StampDescriptions(file: file) }
      stamps.append(stamp)
    }
  }

  /// The name of a picture without its extension; nil for other files and for the mirrored and
  /// flipped versions of a stamp.
  private static func stampName(_ file: String) -> String? {
    guard file.hasSuffix(".png") || file.hasSuffix(".svg") else { return nil }
    let base = String(file.dropLast(4))
    return base.hasSuffix("_mirror") || base.hasSuffix("_flip") ? nil : base
  }
}
