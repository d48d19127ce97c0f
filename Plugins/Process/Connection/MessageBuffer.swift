import Foundation

/// Bytes that came in, cut into lines and the payloads behind them.
struct MessageBuffer {
  /// Of a line of JSON.
  static let lineLimit = 1 << 20
  /// Of the bytes behind it.
  static let payloadLimit = 1 << 30

  private var bytes: [UInt8] = []
  /// Where the unread bytes begin, and up to where no end of line was found.
  private var start = 0
  private var searched = 0

  enum Fault: Error, Equatable {
    case lineTooLong
    case payloadTooLong(Int)
    case notJSON(String)
  }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    if start > 0, start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      (start, searched) = (0, 0)
    }
    bytes.append(contentsOf: more)
  }

  /// The next line without its end, if it is whole.
  mutating func line() throws(Fault) -> ArraySlice<UInt8>? {
    guard let end = bytes[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      guard bytes.count - start <= Self.lineLimit else { throw .lineTooLong }
      return nil
    }
    defer { (start, searched) = (end + 1, end + 1) }
    return bytes[start..<end]
  }

  /// The next `count` bytes, if all are there.
  mutating func payload(_ count: Int) throws(Fault) -> [UInt8]? {
    guard (0...Self.payloadLimit).contains(count) else { throw .payloadTooLong(count) }
    guard bytes.count - start >= count else { return nil }
    defer {
      start += count
      searched = start
    }
    return Array(bytes[start..<start + count])
  }

  /// A line of the protocol; what is none is quoted in the error.
  static func decode<Line: Decodable>(
    _ type: Line.Type, _ line: ArraySlice<UInt8>
  ) throws(Fault) -> Line {
    do {
      return try JSONDecoder().decode(type, from: Data(line))
    } catch {
      throw .notJSON(String(decoding: line.prefix(80), as: UTF8.self))
    }
  }

  /// A line of the protocol with its end.
  static func encode(_ line: some Encodable) -> [UInt8] {
    // Numbers that JSON cannot hold were refused where they arose.
    let data = (try? JSONEncoder().encode(line)) ?? Data("{}".utf8)
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }
}
