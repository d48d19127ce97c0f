import Foundation
import PluginABI

/// A plugin's encoder that was created from its state.
struct ForeignFitted: FittedEncoder {
  let base: ForeignEncoder
  /// Created from the state.
  private let instance: ForeignInstance
  let schema: FeatureSchema
  let stateJSON: Data

  init(encoder: ForeignEncoder, instance: ForeignInstance, state: Data?) throws(EncoderError) {
    base = encoder
    self.instance = instance
    stateJSON = Data("{\"bytes\":\"\((state ?? Data()).base64EncodedString())\"}".utf8)
    let names = try instance.collect(.encodingFailed) { api, table, write, written, error in
      api.names(table, instance.encoder, write, written, error)
    }
    schema = try FeatureSchema(lines: names, of: encoder.descriptor.identifier)
  }

  var encoder: any ErasedEncoder { base }

  func warnings(_ signal: ErasedSignal) -> [String] {
    guard let warnings = instance.plugin.functions.warnings,
      let signal = try? instance.open(signal),
      let written = try? instance.collect(
        .encodingFailed,
        { _, table, write, context, error in
          warnings(table, instance.encoder, signal.pointer, write, context, error)
        })
    else { return [] }
    return String(decoding: written, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError) {
    let signal = try instance.open(signal)
    let isSparse = base.descriptor.traits.contains(.sparse)
    let capacity = schema.count
    if isSparse { row.startSparse() } else { row.startDense(capacity: capacity) }
    row.values.append(contentsOf: repeatElement(0, count: capacity))
    var indices = [Int32](repeating: 0, count: isSparse ? capacity : 0)
    var count = 0
    try row.values.withUnsafeMutableBufferPointer { values throws(EncoderError) in
      try indices.withUnsafeMutableBufferPointer { indices throws(EncoderError) in
        try instance.plugin.call(.encodingFailed) { api, table, error in
          var filled = eau_row(
            values: values.baseAddress, indices: isSparse ? indices.baseAddress : nil,
            capacity: capacity, count: isSparse ? 0 : capacity)
          defer { count = filled.count }
          return api.encode(table, instance.encoder, signal.pointer, &filled, error)
        }
      }
    }
    guard count <= capacity, isSparse || count == capacity else {
      throw EncoderError(
        .encodingFailed,
        "\(base.descriptor.identifier) says it filled \(count) of \(capacity) places",
        hint: "this is a fault of the plugin")
    }
    if isSparse {
      row.values.removeLast(capacity - count)
      row.indices = Array(indices.prefix(count))
    }
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    try instance.corrupt(signal, kind: kind, severity: severity, seed: seed)
  }
}
