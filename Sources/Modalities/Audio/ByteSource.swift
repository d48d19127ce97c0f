import Foundation
import ModalityKit

/// The bytes of a sound, in memory or in a file that is read only where it is asked for.
final class ByteSource {
  private enum Storage {
    case memory([UInt8])
    /// Open for reading; closed by `deinit`.
    case descriptor(Int32)
  }

  private let storage: Storage
  /// Bytes, when it was opened.
  let count: Int

  /// - Throws: `fileMissing`, `notAFile`, `unreadable`; `wrongInput` for what has no bytes.
  init(_ raw: RawInput) throws(EncoderError) {
    switch raw {
    case .file(let path):
      // Refuses pipes and devices before they are opened.
      _ = try RawInput.fileSize(path)
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      var status = stat()
      guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG
      else {
        if descriptor >= 0 { close(descriptor) }
        throw EncoderError(
          .unreadable, "cannot read \(path)", hint: "check the file's permissions")
      }
      storage = .descriptor(descriptor)
      count = Int(status.st_size)
    default:
      let bytes = try raw.bytes(limit: .max)
      storage = .memory(bytes)
      count = bytes.count
    }
  }

  deinit {
    if case .descriptor(let descriptor) = storage { close(descriptor) }
  }

  /// Fills `destination` from `position` on and returns how many bytes there were: fewer than
  /// asked for at the end, or where the file cannot be read.
  func read(at position: Int, into destination: UnsafeMutableRawBufferPointer) -> Int {
    guard position >= 0, position < count else { return 0 }
    let wanted = min(destination.count, count - position)
    switch storage {
    case .memory(let bytes):
      bytes.withUnsafeBytes {
        destination.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[position..<position + wanted]))
      }
      return wanted
    case .descriptor(let descriptor):
      var done = 0
      while done < wanted, let start = destination.baseAddress {
        let got = pread(descriptor, start + done, wanted - done, off_t(position + done))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        done += got
      }
      return done
    }
  }

  /// The bytes of `range` that exist.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    return [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      filled = read(at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
