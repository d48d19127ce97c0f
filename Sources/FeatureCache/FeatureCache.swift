import Foundation
import ModalityKit

/// The rows of files that were encoded before, kept in a folder from session to session.
///
/// A row is found by the content of its file and its feature space, never by its name: a file that
/// was moved is found, one that was changed is not. What an encoder made stays until the folder is
/// cleared, or grew above its limit, when the shelves used longest ago go.
public struct FeatureCache: Sendable {
  public let folder: String
  /// What made the rows beside the encoders: a program built anew does not trust the old one's.
  let origin: String
  /// Bytes of a modality's dense rows above which they are not held in memory but left here.
  public let memoryLimit: Int
  private let files: FileDigests

  public static let defaultLimit = 4 << 30
  public static let defaultMemoryLimit = 64 << 20
  private static let shelfEnding = ".features"
  private static let digestFile = "files.digests"

  /// Opens or makes the folder, readable by its owner alone.
  ///
  /// - Parameter limit: bytes above which the shelves used longest ago are deleted.
  public init(
    folder: String, origin: String, limit: Int = FeatureCache.defaultLimit,
    memoryLimit: Int = FeatureCache.defaultMemoryLimit
  ) throws(CacheError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw CacheError.unusable(folder, errno)
    }
    self.folder = folder
    self.origin = origin
    self.memoryLimit = memoryLimit
    Self.trim(folder, to: limit)
    files = try FileDigests(path: "\(folder)/\(Self.digestFile)")
  }

  /// The digest of an input: of a file's content, of a text or of numbers; nil for others.
  public func content(of input: RawInput) -> ContentDigest? {
    switch input {
    case .file(let path): files.digest(path: path)
    // Marked, since a file of the same bytes is not the same input.
    case .text(let text): ContentDigest(of: Array("text".utf8) + [0] + Array(text.utf8))
    case .numbers(let values):
      ContentDigest(of: Array("numbers".utf8) + [0] + values.withUnsafeBytes(Array.init))
    case .bytes, .deferred: nil
    }
  }

  /// Writes down which files were read.
  public func remember() throws(CacheError) { try files.save() }

  public func shelf(for fitted: any FittedEncoder) throws(CacheError) -> FeatureShelf {
    let space = FeatureSpace(fitted, origin: origin)
    let header = space.header()
    let path = "\(folder)/\(ContentDigest(of: header).text)\(Self.shelfEnding)"
    let shelf = try FeatureShelf(path: path, space: space)
    utimes(path, nil)
    return shelf
  }

  /// What is in the folder, last used first.
  public static func shelves(in folder: String) -> [ShelfInfo] {
    names(in: folder, ending: shelfEnding).compactMap { ShelfInfo(path: "\(folder)/\($0)") }
      .sorted { ($1.lastUsed, $0.path) < ($0.lastUsed, $1.path) }
  }

  /// Deletes every row; sessions that have them open keep them until they end.
  ///
  /// - Returns: bytes freed.
  public static func clear(_ folder: String) -> Int {
    var freed = 0
    for name in names(in: folder, ending: shelfEnding) + [digestFile] {
      let path = "\(folder)/\(name)"
      var status = stat()
      if lstat(path, &status) == 0, unlink(path) == 0 { freed += Int(status.st_size) }
    }
    return freed
  }

  private static func trim(_ folder: String, to limit: Int) {
    var total = 0
    for shelf in shelves(in: folder) {
      total += shelf.bytes
      if total > limit { unlink(shelf.path) }
    }
  }

  private static func names(in folder: String, ending: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(ending) }.sorted()
  }
}

/// What one file of the cache holds.
public struct ShelfInfo: Sendable {
  public let path: String
  public let encoder: String
  public let version: Int
  /// JSON, keys sorted.
  public let configuration: String
  public let features: Int
  public let bytes: Int
  /// Seconds since 1970.
  public let lastUsed: Int

  /// nil for a file that is no shelf.
  init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let handle = FileHandle(forReadingAtPath: path),
      let head = try? handle.read(upToCount: 64 << 10),
      let label = FeatureSpace.label(of: [UInt8](head))
    else { return nil }
    self.path = path
    encoder = label.encoder
    version = label.version
    configuration = label.configuration
    features = label.features
    bytes = Int(status.st_size)
    lastUsed = Int(status.st_mtim.tv_sec)
  }
}
