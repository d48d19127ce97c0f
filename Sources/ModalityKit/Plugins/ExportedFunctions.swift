import Foundation
import PluginABI

// The functions of `eau_plugin` for a Swift encoder; see `exportPlugin`.

func exportedCreate(
  _ plugin: UnsafePointer<eau_plugin>?, _ configuration: UnsafePointer<CChar>?,
  _ state: UnsafeRawPointer?, _ size: Int, _ encoder: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let context = plugin?.pointee.context else { return }
    let type = Unmanaged<Exported>.fromOpaque(context).takeUnretainedValue().type
    let made = try type.make(
      configurationJSON: configuration.map { Data(String(cString: $0).utf8) })
    let fitted = try state.map { try made.restore(state: Data(bytes: $0, count: size)) }
    encoder?.pointee = pass(ExportedEncoder(made, fitted))
  }
}

func exportedDestroy(_ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?) {
  drop(encoder, ExportedEncoder.self)
}

func exportedDecode(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?,
  _ input: UnsafePointer<eau_input>?, _ signal: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let input, let encoder = object(encoder, ExportedEncoder.self) else { return }
    signal?.pointee = pass(ExportedSignal(try encoder.encoder.decode(try rawInput(input.pointee))))
  }
}

private func rawInput(_ input: eau_input) throws(EncoderError) -> RawInput {
  let bytes = [UInt8](UnsafeRawBufferPointer(start: input.bytes, count: input.byteCount))
  let name = input.name.map { String(cString: $0) } ?? "input"
  switch input.kind {
  case UInt32(EAU_FILE): return .file(path: String(decoding: bytes, as: UTF8.self))
  case UInt32(EAU_TEXT): return .text(String(decoding: bytes, as: UTF8.self))
  case UInt32(EAU_BYTES): return .bytes(bytes, name: name)
  case UInt32(EAU_NUMBERS):
    return .numbers(
      bytes.withUnsafeBytes { buffer in
        (0..<input.count).map { buffer.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
      })
  default:
    throw EncoderError(
      .wrongInput, "there is no kind of input \(input.kind)", hint: "eau_plugin.h lists them")
  }
}

extension eau_input {
  fileprivate var byteCount: Int {
    kind == UInt32(EAU_NUMBERS) ? count * MemoryLayout<Double>.size : count
  }
}

func exportedRelease(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ signal: OpaquePointer?
) {
  drop(signal, ExportedSignal.self)
}

func exportedFit(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?,
  _ next: (@convention(c) (UnsafeMutableRawPointer?) -> OpaquePointer?)?,
  _ context: UnsafeMutableRawPointer?, _ write: eau_write?,
  _ writeContext: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self) else { return }
    let signals = AnyIterator { object(next?(context), ExportedSignal.self)?.signal }
    let state = try encoder.encoder.fit(signals).stateJSON
    state.withUnsafeBytes { write?(writeContext, $0.baseAddress, $0.count) }
  }
}

func exportedNames(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ write: eau_write?,
  _ context: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self) else { return }
    let names = try encoder.ready().schema.names.map { name in
      name.replacing("\n", with: " ") + "\n"
    }
    let bytes = Array(names.joined().utf8)
    write?(context, bytes, bytes.count)
  }
}

func exportedWarnings(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ signal: OpaquePointer?,
  _ write: eau_write?, _ context: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self),
      let signal = object(signal, ExportedSignal.self)
    else { return }
    let lines = try encoder.ready().warnings(signal.signal)
      .map { $0.replacing("\n", with: " ") + "\n" }
    let bytes = Array(lines.joined().utf8)
    write?(context, bytes, bytes.count)
  }
}

func exportedEncode(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ signal: OpaquePointer?,
  _ row: UnsafeMutablePointer<eau_row>?, _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self),
      let signal = object(signal, ExportedSignal.self), let row, let values = row.pointee.values
    else { return }
    var found = FeatureRow()
    try encoder.ready().encode(signal.signal, into: &found)
    guard found.values.count <= row.pointee.capacity,
      (found.indices == nil) == (row.pointee.indices == nil)
    else {
      throw EncoderError(
        .encodingFailed,
        "\(encoder.encoder.descriptor.identifier) gave \(found.values.count) features where "
          + "\(row.pointee.capacity) were announced", hint: "this is a fault of the encoder")
    }
    row.pointee.count = found.values.count
    values.update(from: found.values, count: found.values.count)
    if let indices = found.indices {
      row.pointee.indices?.update(from: indices, count: indices.count)
    }
  }
}

func exportedCorrupt(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ signal: OpaquePointer?,
  _ kind: UnsafePointer<CChar>?, _ severity: Double, _ seed: UInt64,
  _ spoiled: UnsafeMutablePointer<OpaquePointer?>?, _ amount: UnsafeMutablePointer<Double>?,
  _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self),
      let signal = object(signal, ExportedSignal.self), let kind
    else { return }
    let name = String(cString: kind)
    let result =
      try encoder.fitted?.corrupt(signal.signal, kind: name, severity: severity, seed: seed)
      ?? encoder.encoder.corrupt(signal.signal, kind: name, severity: severity, seed: seed)
    spoiled?.pointee = pass(ExportedSignal(result.signal))
    amount?.pointee = result.realised.amount
  }
}

func exportedPreview(
  _ plugin: UnsafePointer<eau_plugin>?, _ encoder: OpaquePointer?, _ signal: OpaquePointer?,
  _ canvas: UnsafePointer<eau_canvas>?, _ error: UnsafeMutablePointer<eau_error>?
) -> Int32 {
  report(error) {
    guard let encoder = object(encoder, ExportedEncoder.self),
      let signal = object(signal, ExportedSignal.self), let canvas = canvas?.pointee
    else { return }
    let preview = try encoder.encoder.preview(signal.signal)
    switch preview.content {
    case .pixels(let width, let height, let rgb):
      canvas.pixels?(canvas.context, UInt32(width), UInt32(height), rgb)
    case .wave(let samples, let rate):
      canvas.wave?(canvas.context, samples, samples.count, rate)
    case .numbers(let values): canvas.numbers?(canvas.context, values, values.count)
    case .grid(let grid): canvas.numbers?(canvas.context, grid.values, grid.values.count)
    case .directions(let field):
      canvas.numbers?(canvas.context, field.strengths, field.strengths.count)
    case .tokens(let tokens):
      let copies = tokens.map { strdup($0) }
      defer { for copy in copies { free(copy) } }
      canvas.tokens?(canvas.context, copies.map { UnsafePointer($0) }, copies.count)
    }
    preview.caption.withCString { canvas.caption?(canvas.context, $0) }
  }
}
