import Foundation

/// Lines from a pipe, a file, or a terminal without editing.
///
/// Nothing in the bytes is trusted: invalid UTF-8 becomes U+FFFD, NUL stays an ordinary character,
/// a byte order mark at the beginning and the carriage return of CRLF are dropped. Of a line longer
/// than `longestLine` only so much is kept that `Tokenizer` is sure to refuse it.
final class PipedLines: LineSource {
  /// In bytes; longer lines are handed over cut to one byte more, which the tokenizer refuses.
  static let longestLine = Tokenizer.longestText

  private let descriptor: Int32
  private let closesDescriptor: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  private var isFirst = true
  private var isAtEnd = false

  /// - Parameters:
  ///   - descriptor: an open file descriptor.
  ///   - closing: whether the descriptor is closed with this object.
  init(descriptor: Int32 = STDIN_FILENO, closing: Bool = false) {
    self.descriptor = descriptor
    closesDescriptor = closing
  }

  deinit { if closesDescriptor { close(descriptor) } }

  func nextLine() -> LineEvent {
    var line: [UInt8] = []
    var sawAny = false
    while true {
      if position == buffer.count {
        switch refill() {
        case .filled: break
        case .interrupted: return .interrupted
        case .ended: return sawAny ? .line(text(of: line)) : .end
        }
      }
      sawAny = true
      let newline = buffer[position...].firstIndex(of: 0x0A)
      let end = newline ?? buffer.count
      // One byte more than is handed over: it may be the carriage return.
      let room = Self.longestLine + 2 - line.count
      if room > 0 { line += buffer[position..<min(end, position + room)] }
      position = newline.map { $0 + 1 } ?? end
      if newline != nil { return .line(text(of: line)) }
    }
  }

  private func text(of line: [UInt8]) -> String {
    var bytes = line[...]
    if isFirst && bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    isFirst = false
    if bytes.last == 0x0D { bytes = bytes.dropLast() }
    return String(decoding: bytes.prefix(Self.longestLine + 1), as: UTF8.self)
  }

  private enum Refill { case filled, interrupted, ended }

  private func refill() -> Refill {
    guard !isAtEnd else { return .ended }
    // `poll` is broken off by a signal even where `read` would be restarted.
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, -1) < 0 {
      guard errno == EINTR else { break }
      if Interrupt.isRequested { return .interrupted }
    }
    var count = 0
    var failure: Int32 = 0
    buffer = [UInt8](unsafeUninitializedCapacity: 65_536) { storage, initialised in
      repeat {
        count = read(descriptor, storage.baseAddress, 65_536)
        failure = count < 0 ? errno : 0
      } while failure == EINTR
      initialised = max(count, 0)
    }
    position = 0
    if count > 0 { return .filled }
    isAtEnd = true
    return .ended
  }
}
