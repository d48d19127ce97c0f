import Foundation
import Fusion

/// Keeps a session on disk after every command that changed it, until it ends well.
///
/// A folder a session in `$XDG_STATE_HOME/eau/sessions`: `session.eau`, the commands that bring it
/// back, `model.safetensors`, and `lock`, held as long as the program runs. A folder nobody holds is
/// of a session that ended without `quit`.
final class Autosave {
  private let folder: String
  private let lock: Int32
  private var savedRevision = 0
  private var savedModel = 0

  private static let script = "session.eau"
  private static let model = "model.safetensors"

  /// nil where there is no home, or it cannot be written: then nothing is kept.
  init?(environment: [String: String]) {
    guard let sessions = Self.sessionsFolder(environment) else { return nil }
    let stamp = Int(Date().timeIntervalSince1970 * 1000)
    folder = "\(sessions)/\(stamp)-\(getpid())"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch { return nil }
    lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      try? FileManager.default.removeItem(atPath: folder)
      return nil
    }
  }

  deinit { close(lock) }

  /// Writes what changed since the last time.
  /// - Throws: `CommandError` when the disk takes no more.
  func save(_ session: Session) throws {
    guard session.revision != savedRevision else { return }
    let modelPath = "\(folder)/\(Self.model)"
    if let model = session.model, session.modelRevision != savedModel {
      try AtomicFile.write(try model.encoded(), to: modelPath, isSynced: false)
      savedModel = session.modelRevision
    }
    let lines =
      ["# \(Version.text), seed \(session.seed)"] + session.script(model: modelPath)
    try AtomicFile.write(
      Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(folder)/\(Self.script)",
      isSynced: false)
    savedRevision = session.revision
  }

  /// The session ended as it should.
  func forget() { try? FileManager.default.removeItem(atPath: folder) }
}

/// A session that ended without `quit`.
struct LostSession {
  let folder: String
  let commands: [String]
  /// When it last changed.
  let date: Date

  func forget() { try? FileManager.default.removeItem(atPath: folder) }

  /// What it had, in a line.
  var summary: String {
    commands.map { $0.hasPrefix("restore ") ? "its model" : $0 }.joined(separator: "; ")
  }
}

extension Autosave {
  static func sessionsFolder(_ environment: [String: String]) -> String? {
    if environment["EAU_AUTOSAVE"] == "off" { return nil }
    return StateFolder.path(environment).map { "\($0)/sessions" }
  }

  /// What can be resumed, the newest first. Folders without a script, and all but the newest ten,
  /// are deleted on the way.
  static func lostSessions(_ environment: [String: String]) -> [LostSession] {
    guard let sessions = sessionsFolder(environment) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: sessions)) ?? []
    var found: [LostSession] = []
    for name in names.sorted().reversed() where isUnheld("\(sessions)/\(name)/lock") {
      let folder = "\(sessions)/\(name)"
      let path = "\(folder)/\(script)"
      let text = FileManager.default.contents(atPath: path)
      let lines = text.map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
      let commands = lines.filter { !$0.hasPrefix("#") }.map(String.init)
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      let session = LostSession(
        folder: folder, commands: commands,
        date: attributes?[.modificationDate] as? Date ?? .distantPast)
      if commands.isEmpty && isYoung(name) { continue }
      if commands.isEmpty || found.count == 10 { session.forget() } else { found.append(session) }
    }
    return found
  }

  /// Whether a folder was made within the last minute: another program may be about to take its lock.
  private static func isYoung(_ name: String) -> Bool {
    let stamp = name.prefix { $0 != "-" }
    return Double(stamp).map { Date().timeIntervalSince1970 - $0 / 1000 < 60 } ?? false
  }

  /// Whether the program that wrote there is gone.
  private static func isUnheld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}

/// Where a person's history and unfinished sessions are kept: `$XDG_STATE_HOME/eau`, else
/// `~/.local/state/eau`; nil without a home.
enum StateFolder {
  static func path(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/eau" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state/eau"
  }
}
