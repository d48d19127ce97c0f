import Foundation

extension CompletionPlace {
  /// Folders, and files with one of the endings (any, when there are none), that begin with the
  /// current word; folders end in `/`. Hidden ones only after a point.
  func paths(_ endings: [String]) -> [String] {
    let folder = current.lastIndex(of: "/").map { String(current[...$0]) } ?? ""
    let place = folder.isEmpty ? "." : (folder as NSString).expandingTildeInPath
    let begun = current.dropFirst(folder.count)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.filter { $0.hasPrefix(begun) && ($0.hasPrefix(".") == begun.hasPrefix(".")) }
      .sorted().compactMap { name in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder)
        if isFolder.boolValue { return folder + name + "/" }
        let fits =
          endings.isEmpty || endings.contains((name as NSString).pathExtension.lowercased())
        return fits ? folder + name : nil
      }
  }
}
