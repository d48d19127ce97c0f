import SndFile

/// Bytes in memory as a file that libsndfile can read and seek.
final class MemoryFile {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// `bytes` must outlive every use.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private func seek(_ offset: Int, _ whence: Int) -> Int {
    let base =
      switch whence {
      case SF_SEEK_CUR: position
      case SF_SEEK_END: bytes.count
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return -1 }
    position = target
    return target
  }

  private func read(_ destination: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let available = max(0, min(count, bytes.count - position))
    guard available > 0, let start = bytes.baseAddress else { return 0 }
    destination.copyMemory(from: start + position, byteCount: available)
    position += available
    return available
  }

  private static func file(_ context: UnsafeMutableRawPointer?) -> MemoryFile? {
    context.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The callbacks; each takes an unretained `MemoryFile` as its context.
  static func callbacks() -> SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { MemoryFile.file($0).map { sf_count_t($0.bytes.count) } ?? -1 },
      seek: { offset, whence, context in
        sf_count_t(MemoryFile.file(context)?.seek(Int(offset), Int(whence)) ?? -1)
      },
      read: { destination, count, context in
        guard let destination, count > 0 else { return 0 }
        return sf_count_t(MemoryFile.file(context)?.read(destination, Int(count)) ?? 0)
      },
      write: { _, _, _ in 0 },
      tell: { MemoryFile.file($0).map { sf_count_t($0.position) } ?? -1 })
  }
}
