import Foundation
import PluginABI

/// An encoder a plugin created, destroyed with the last reference.
final class ForeignInstance: @unchecked Sendable {
  let plugin: ForeignPlugin
  /// JSON with every parameter.
  let configuration: Data
  let encoder: OpaquePointer

  init(_ plugin: ForeignPlugin, _ configuration: Data, state: Data?) throws(EncoderError) {
    self.plugin = plugin
    self.configuration = configuration
    var created: OpaquePointer?
    let text = String(decoding: configuration, as: UTF8.self)
    try plugin.call(state == nil ? .badParameter : .badState) { api, table, error in
      text.withCString { text in
        guard let state else { return api.create(table, text, nil, 0, &created, error) }
        // A state of no bytes is a state: its address must not be NULL.
        return ([UInt8](state) + [0]).withUnsafeBytes {
          api.create(table, text, $0.baseAddress, state.count, &created, error)
        }
      }
    }
    guard let created else {
      throw EncoderError(
        .encodingFailed, "\(plugin.descriptor.identifier) created no encoder",
        hint: "this is a fault of the plugin")
    }
    encoder = created
  }

  deinit { plugin.inTurn { plugin.functions.destroy(plugin.table, encoder) } }

  func decode(_ raw: RawInput) throws(EncoderError) -> ForeignSignal {
    var signal: OpaquePointer?
    let name = raw.name
    let (kind, bytes, count) = try Self.parts(raw)
    try plugin.call(.wrongFormat) { api, table, error in
      name.withCString { name in
        bytes.withUnsafeBytes { bytes in
          var input = eau_input(
            kind: kind, name: name, bytes: bytes.baseAddress, count: count)
          return api.decode(table, encoder, &input, &signal, error)
        }
      }
    }
    return try own(signal)
  }

  /// Kind, bytes with a zero behind them, and how many count.
  private static func parts(
    _ raw: RawInput
  ) throws(EncoderError) -> (kind: UInt32, bytes: [UInt8], count: Int) {
    switch raw {
    case .file(let path):
      _ = try RawInput.fileSize(path)
      return (UInt32(EAU_FILE), Array(path.utf8) + [0], path.utf8.count)
    case .text(let text): return (UInt32(EAU_TEXT), Array(text.utf8) + [0], text.utf8.count)
    case .bytes, .deferred:
      let bytes = try raw.bytes(limit: 1 << 30)
      return (UInt32(EAU_BYTES), bytes + [0], bytes.count)
    case .numbers(let values):
      return (UInt32(EAU_NUMBERS), values.withUnsafeBytes(Array.init) + [0], values.count)
    }
  }

  func own(_ signal: OpaquePointer?) throws(EncoderError) -> ForeignSignal {
    guard let signal else {
      throw EncoderError(
        .encodingFailed, "\(plugin.descriptor.identifier) gave no signal",
        hint: "this is a fault of the plugin")
    }
    return ForeignSignal(signal, of: self)
  }

  /// Collects what a function writes.
  func collect(
    _ kind: EncoderError.Kind,
    _ body: (
      eau_plugin, UnsafePointer<eau_plugin>, eau_write, UnsafeMutableRawPointer,
      UnsafeMutablePointer<eau_error>
    ) -> Int32
  ) throws(EncoderError) -> [UInt8] {
    var written = Written()
    try withUnsafeMutablePointer(to: &written) { written throws(EncoderError) in
      try plugin.call(kind) { api, table, error in
        body(
          api, table,
          { context, bytes, count in
            guard let context, let bytes else { return }
            context.assumingMemoryBound(to: Written.self).pointee
              .append(UnsafeRawBufferPointer(start: bytes, count: count))
          }, UnsafeMutableRawPointer(written), error)
      }
    }
    guard !written.isTooLong else {
      throw EncoderError(
        .encodingFailed, "\(plugin.descriptor.identifier) wrote more than \(Written.limit) bytes",
        hint: "this is a fault of the plugin")
    }
    return written.bytes
  }

  private struct Written {
    static let limit = 1 << 28
    var bytes: [UInt8] = []
    var isTooLong = false

    mutating func append(_ more: UnsafeRawBufferPointer) {
      isTooLong = isTooLong || bytes.count + more.count > Self.limit
      if !isTooLong { bytes.append(contentsOf: more) }
    }
  }
}

/// A signal a plugin decoded, released with the last reference.
final class ForeignSignal: @unchecked Sendable {
  let pointer: OpaquePointer
  private let instance: ForeignInstance

  init(_ pointer: OpaquePointer, of instance: ForeignInstance) {
    self.pointer = pointer
    self.instance = instance
  }

  deinit {
    let plugin = instance.plugin
    plugin.inTurn { plugin.functions.release(plugin.table, instance.encoder, pointer) }
  }

  var plugin: ForeignPlugin { instance.plugin }
}
