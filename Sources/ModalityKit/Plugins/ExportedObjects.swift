import Foundation
import PluginABI

/// What `context` points to.
final class Exported {
  let type: EncoderType
  init(_ type: EncoderType) { self.type = type }
}

/// What an `eau_encoder` is: an encoder, fitted when it was created from a state.
final class ExportedEncoder {
  let encoder: any ErasedEncoder
  let fitted: (any FittedEncoder)?

  init(_ encoder: any ErasedEncoder, _ fitted: (any FittedEncoder)?) {
    self.encoder = encoder
    self.fitted = fitted
  }

  func ready() throws(EncoderError) -> any FittedEncoder {
    guard let fitted else {
      throw EncoderError(
        .badState, "\(encoder.descriptor.identifier) is not fitted",
        hint: "create it with its state")
    }
    return fitted
  }
}

/// What an `eau_signal` is.
final class ExportedSignal {
  let signal: ErasedSignal
  init(_ signal: ErasedSignal) { self.signal = signal }
}

func object<Object: AnyObject>(_ pointer: OpaquePointer?, _ type: Object.Type) -> Object? {
  pointer.map { Unmanaged<Object>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
}

func pass(_ object: some AnyObject) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(object).toOpaque())
}

/// Runs `body`, and writes its error where C expects it.
func report(
  _ error: UnsafeMutablePointer<eau_error>?, _ body: () throws -> Void
) -> Int32 {
  do {
    try body()
    return 0
  } catch let found {
    let explained = found as? any ExplainedError
    guard let error else { return 1 }
    copy(explained?.message ?? "\(found)", into: &error.pointee.message)
    copy(explained?.hint ?? "", into: &error.pointee.hint)
    return 1
  }
}

func copy<Characters>(_ text: String, into characters: inout Characters) {
  withUnsafeMutableBytes(of: &characters) { buffer in
    let bytes = Array(text.utf8.prefix(buffer.count - 1))
    // No character is cut in its middle: what would be one is left out by the reader's repair.
    buffer.copyBytes(from: bytes)
    buffer[bytes.count] = 0
  }
}

/// Lets go of what `pass` gave away.
func drop<Object: AnyObject>(_ pointer: OpaquePointer?, _ type: Object.Type) {
  guard let pointer else { return }
  Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).release()
}
