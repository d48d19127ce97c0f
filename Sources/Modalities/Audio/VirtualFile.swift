import SndFile

/// A `ByteSource` as a file that libsndfile can read and seek.
final class VirtualFile {
  private let source: ByteSource
  private var position = 0

  init(_ source: ByteSource) { self.source = source }

  private func seek(_ offset: Int, _ whence: Int) -> Int {
    let base =
      switch whence {
      case SF_SEEK_CUR: position
      case SF_SEEK_END: source.count
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return -1 }
    position = target
    return target
  }

  private func read(_ destination: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let got = source.read(
      at: position, into: UnsafeMutableRawBufferPointer(start: destination, count: count))
    position += got
    return got
  }

  private static func file(_ context: UnsafeMutableRawPointer?) -> VirtualFile? {
    context.map { Unmanaged<VirtualFile>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The callbacks; each takes an unretained `VirtualFile` as its context.
  static func callbacks() -> SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { VirtualFile.file($0).map { sf_count_t($0.source.count) } ?? -1 },
      seek: { offset, whence, context in
        sf_count_t(VirtualFile.file(context)?.seek(Int(offset), Int(whence)) ?? -1)
      },
      read: { destination, count, context in
        guard let destination, count > 0 else { return 0 }
        return sf_count_t(VirtualFile.file(context)?.read(destination, Int(count)) ?? 0)
      },
      write: { _, _, _ in 0 },
      tell: { VirtualFile.file($0).map { sf_count_t($0.position) } ?? -1 })
  }
}
