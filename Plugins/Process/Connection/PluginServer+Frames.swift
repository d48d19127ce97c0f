import Foundation
import ProcessSpawn

extension PluginServer {
  /// The next request; nil at the end, and for what is no request.
  mutating func read() -> Framed<Request>? {
    guard let line = line(),
      var request = try? Framed(line: MessageBuffer.decode(Request.self, line))
    else { return nil }
    guard let count = request.line.bytes, count > 0 else { return request }
    guard let payload = payload(count) else { return nil }
    request.payload = payload
    return request
  }

  private mutating func line() -> ArraySlice<UInt8>? {
    while true {
      do throws(MessageBuffer.Fault) {
        if let found = try buffer.line() { return found }
      } catch {
        return nil
      }
      guard fill() else { return nil }
    }
  }

  private mutating func payload(_ count: Int) -> [UInt8]? {
    while true {
      do throws(MessageBuffer.Fault) {
        if let found = try buffer.payload(count) { return found }
      } catch {
        return nil
      }
      guard fill() else { return nil }
    }
  }

  private mutating func fill() -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { place in
      while true {
        var count = eau_process_receive_soon(input, place.baseAddress, place.count)
        // Nothing yet, or no socket.
        if count < 0 { count = Foundation.read(input, place.baseAddress, place.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        buffer.append(UnsafeRawBufferPointer(rebasing: place[..<count]))
        return true
      }
    }
  }

  func write(_ answer: Framed<Answer>) { Self.write(answer, to: output) }

  static func write(_ answer: Framed<Answer>, to output: Int32) {
    var answer = answer
    if !answer.payload.isEmpty { answer.line.bytes = answer.payload.count }
    let bytes = MessageBuffer.encode(answer.line) + answer.payload
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(output, $0.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      // Nobody listens: the next read ends the service.
      guard count > 0 else { return }
      sent += count
    }
  }
}
