import Synchronization

/// Bytes that grow at the end and are read anywhere: in memory as long as they are few, beyond that
/// in a temporary file without a name.
public final class ByteStore: Sendable {
  private struct State {
    /// Those from `written` on.
    var recent: [UInt8] = []
    /// So many bytes are in the file.
    var written = 0
    var file: ScratchFile?
  }

  private let memoryLimit: Int
  private let folder: String
  private let state = Mutex(State())
  /// What is gathered before the file is written to.
  private static let blockSize = 1 << 20

  /// - Parameters:
  ///   - memoryLimit: in bytes; more go to the file.
  ///   - folder: where that lies; nil for the folder that TMPDIR names, else /var/tmp.
  public init(memoryLimit: Int, folder: String? = nil) {
    self.memoryLimit = memoryLimit
    self.folder = folder ?? ScratchFile.defaultFolder
  }

  public var count: Int { state.withLock { $0.written + $0.recent.count } }

  /// How many of them are in memory.
  public var resident: Int { state.withLock { $0.recent.count } }

  /// - Returns: where the bytes begin.
  /// - Throws: `ScratchError` when the disk takes no more.
  @discardableResult
  public func append(_ bytes: UnsafeRawBufferPointer) throws(ScratchError) -> Int {
    let result = state.withLock { state in
      Result { () throws(ScratchError) in try append(bytes, to: &state) }
    }
    return try result.get()
  }

  private func append(
    _ bytes: UnsafeRawBufferPointer, to state: inout State
  ) throws(ScratchError) -> Int {
    let start = state.written + state.recent.count
    state.recent.append(contentsOf: bytes)
    guard state.recent.count > (state.file == nil ? memoryLimit : Self.blockSize) else {
      return start
    }
    let file = if let file = state.file { file } else { try ScratchFile(folder: folder) }
    // Put down outside of the closure: errors of a type do not pass through it.
    let result = state.recent.withUnsafeBytes { recent in
      Result { () throws(ScratchError) in try file.write(recent, at: state.written) }
    }
    try result.get()
    state.file = file
    state.written += state.recent.count
    state.recent = []
    return start
  }

  /// - Parameter body: what it is given is valid only until it returns.
  public func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let (recent, written, file) = state.withLock { ($0.recent, $0.written, $0.file) }
    guard let file, range.lowerBound < written else {
      return try recent.withUnsafeBytes {
        try body(
          UnsafeRawBufferPointer(
            rebasing: $0[range.lowerBound - written..<range.upperBound - written]))
      }
    }
    return try withUnsafeTemporaryAllocation(byteCount: range.count, alignment: 16) { buffer in
      let filed = min(range.upperBound, written) - range.lowerBound
      file.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<filed]), at: range.lowerBound)
      recent.withUnsafeBytes { recent in
        UnsafeMutableRawBufferPointer(rebasing: buffer[filed...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: recent[..<(range.count - filed)]))
      }
      return try body(UnsafeRawBufferPointer(buffer))
    }
  }
}

extension ByteStore {
  @discardableResult
  public func append(_ bytes: ArraySlice<UInt8>) throws(ScratchError) -> Int {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(ScratchError) in try append(bytes) }
    }.get()
  }

  @discardableResult
  public func append(_ text: String) throws(ScratchError) -> Int {
    var text = text
    return try text.withUTF8 { utf8 in
      Result { () throws(ScratchError) in try append(UnsafeRawBufferPointer(utf8)) }
    }.get()
  }

  /// In the byte order of this machine.
  @discardableResult
  public func append(_ numbers: [some BitwiseCopyable]) throws(ScratchError) -> Int {
    try numbers.withUnsafeBytes { bytes in
      Result { () throws(ScratchError) in try append(bytes) }
    }.get()
  }
}

extension Array where Element: BitwiseCopyable {
  /// What `ByteStore.append` made bytes of, at any address.
  package init(bytes: UnsafeRawBufferPointer) {
    let count = bytes.count / MemoryLayout<Element>.stride
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer)
        .copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * MemoryLayout<Element>.stride)]))
      filled = count
    }
  }
}
