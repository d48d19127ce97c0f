import Foundation

/// Draws SVG files as PNG files through `rsvg-convert`, two at a time, into a cache.
///
/// A drawing that declares XML entities is not drawn: entities may expand without bound or name
/// other files. (Python's `defusedxml`, and cairosvg with it, refuses the same; so the
/// importer has the samples a cairosvg one would have.)
struct StampRasteriser {
  /// Pixels; the height follows from the drawing.
  static let width = 256
  static let processesAtOnce = 2

  let cache: String
  /// nil when the program is not installed.
  let program: String?

  struct Job {
    let key: String
    let drawing: String
  }

  init(cache: String, environment: [String: String]) {
    self.cache = cache
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    program = folders.map { "\($0)/rsvg-convert" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// The PNG of every job that has one now, by key. What is in the cache and newer than its drawing
  /// is used again.
  ///
  /// - Parameter progress: called with (done, total) after each drawing that had to be made.
  func rasterise(_ jobs: [Job], progress: (Int, Int) -> Void) -> [String: String] {
    var pictures: [String: String] = [:]
    var waiting: [Job] = []
    for job in jobs {
      if Self.declaresEntities(job.drawing) { continue }
      if isFresh(picture(of: job), than: job.drawing) {
        pictures[job.key] = picture(of: job)
      } else {
        waiting.append(job)
      }
    }
    guard let program, !waiting.isEmpty else { return pictures }
    var running: [(job: Job, process: Process, draft: String)] = []
    var done = 0
    func finishOldest() {
      let (job, process, draft) = running.removeFirst()
      process.waitUntilExit()
      if process.terminationStatus == 0, rename(draft, picture(of: job)) == 0 {
        pictures[job.key] = picture(of: job)
      } else {
        unlink(draft)
      }
      done += 1
      progress(done, waiting.count)
    }
    progress(0, waiting.count)
    for job in waiting {
      if running.count == Self.processesAtOnce { finishOldest() }
      if let (process, draft) = start(program, job) {
        running.append((job, process, draft))
      } else {
        done += 1
        progress(done, waiting.count)
      }
    }
    while !running.isEmpty { finishOldest() }
    return pictures
  }

  /// Looks at the first 64 kB, or refuses what cannot be read.
  private static func declaresEntities(_ drawing: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: drawing),
      let head = try? handle.read(upToCount: 64 << 10)
    else { return true }
    return head.range(of: Data("<!ENTITY".utf8)) != nil
  }

  private func picture(of job: Job) -> String { "\(cache)/\(job.key).png" }

  /// Not empty, and at least as new as the drawing.
  private func isFresh(_ picture: String, than drawing: String) -> Bool {
    let manager = FileManager.default
    guard let made = try? manager.attributesOfItem(atPath: picture),
      let drawn = try? manager.attributesOfItem(atPath: drawing),
      let size = made[.size] as? Int, size > 0,
      let madeOn = made[.modificationDate] as? Date,
      let drawnOn = drawn[.modificationDate] as? Date
    else { return false }
    return madeOn >= drawnOn
  }

  /// Starts on a draft beside the final name, so that no half picture is ever taken for a whole one.
  private func start(_ program: String, _ job: Job) -> (Process, String)? {
    let final = picture(of: job)
    let draft = "\(final).\(ProcessInfo.processInfo.processIdentifier).draft"
    let folder = (final as NSString).deletingLastPathComponent
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--width", "\(Self.width)", "--output", draft, job.drawing]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      try process.run()
    } catch {
      return nil
    }
    return (process, draft)
  }
}
