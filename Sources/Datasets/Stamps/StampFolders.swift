import Foundation
import SeededRandom

/// Where the stamps are and where their rasterised pictures are kept.
struct StampFolders {
  static let debianFolder = "/usr/share/tuxpaint/stamps"

  /// `$EAU_STAMPS`, or the folder of the Debian package.
  let stamps: String
  /// `$XDG_CACHE_HOME/eau/stamps`, or below `~/.cache`; a folder of its own for each source.
  let cache: String

  init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let stamps = value("EAU_STAMPS") ?? Self.debianFolder
    let source = stamps == Self.debianFolder ? "debian" : String(stableHash(stamps), radix: 16)
    self.stamps = stamps
    cache = "\(CacheFolder.path(environment))/stamps/\(source)"
  }

  func exists() -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: stamps, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
