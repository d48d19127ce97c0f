import Datasets
import Fusion
import Modalities
import ModalityKit

/// One modality of the current sample as a file to look at, to listen to or to read: what the model
/// reads now, spoiled as it is.
struct SampleExport {
  enum Format: String, CaseIterable {
    case png, wav, txt, json

    var what: String {
      switch self {
      case .png: "a picture"
      case .wav: "a sound"
      case .txt: "a text"
      case .json: "a signal"
      }
    }
  }

  let part: CurrentSample.Part
  private let signal: ErasedSignal
  private let preview: Preview

  /// - Throws: `missing-modality` for a dropped one, or what the encoder says of its signal.
  init(_ part: CurrentSample.Part) throws {
    guard let signal = part.current else {
      throw CommandError(
        "missing-modality", "\(part.modality) is dropped",
        hint: "`clean \(part.modality)` brings it back")
    }
    self.part = part
    self.signal = signal
    preview = try part.encoder.preview(signal)
  }

  func fits(_ format: Format) -> Bool {
    switch (format, preview.content) {
    case (.png, .pixels), (.wav, .wave), (.txt, .tokens), (.json, _): true
    default: false
    }
  }

  func bytes(_ format: Format) throws -> [UInt8] {
    switch (format, preview.content) {
    case (.png, .pixels(let width, let height, let rgb)):
      // The whole canvas: previews of pictures are not scaled down.
      return try PNGFile.encoded(rgb: rgb, width: width, height: height)
    case (.wav, .wave(let samples, let rate)):
      guard (1...4_000_000).contains(rate.rounded()), samples.count < 1 << 30 else {
        throw CommandError(
          "wrong-format",
          "a WAV file takes 1 to 4000000 Hz and 2 GB, this signal has \(rate) Hz and "
            + "\(samples.count) samples",
          hint: "FILE.json takes any signal")
      }
      return WaveFile.bytes(samples, sampleRate: Int(rate.rounded()))
    case (.txt, .tokens(let tokens)):
      let text = (signal.value as? TokenizedText)?.text ?? tokens.joined(separator: " ")
      return Array((text + "\n").utf8)
    case (.json, _): return Array((json.text() + "\n").utf8)
    default:
      throw CommandError(
        "wrong-format", "\(part.modality) is not \(format.what)",
        hint: "FILE.json takes any signal")
    }
  }

  private var json: JSONValue {
    .object([
      ("modality", .string(part.modality)),
      ("encoder", .string(part.encoder.descriptor.identifier)),
      ("corruption", corruption), ("caption", .string(preview.caption)),
      ("signal", Self.json(preview.content, signal)),
    ])
  }

  private var corruption: JSONValue {
    part.corruption.map {
      .object([("kind", .string($0.kind)), ("severity", .number($0.severity))])
    } ?? .null
  }

  private static func json(_ content: Preview.Content, _ signal: ErasedSignal) -> JSONValue {
    switch content {
    case .pixels(let width, let height, let rgb):
      return .object([
        ("width", .integer(width)), ("height", .integer(height)),
        ("rgb", JSONValue(rgb.map { Int($0) })),
      ])
    case .wave(let samples, let rate):
      return .object([("sampleRate", .number(rate)), ("samples", JSONValue(samples))])
    case .tokens(let tokens):
      return .object([
        ("tokens", JSONValue((signal.value as? TokenizedText)?.tokens ?? tokens))
      ])
    case .numbers(let values):
      return .object([("values", JSONValue((signal.value as? VectorSignal)?.values ?? values))])
    case .grid(let grid):
      return .object([
        ("rows", .integer(grid.rows)), ("columns", .integer(grid.columns)),
        ("values", JSONValue(grid.values)), ("unit", .string(grid.unit)),
      ])
    case .directions(let field):
      return .object([
        ("rows", .integer(field.rows)), ("columns", .integer(field.columns)),
        ("directions", .integer(field.directions)), ("strengths", JSONValue(field.strengths)),
      ])
    }
  }
}

extension CurrentSample {
  /// The part to be written in a format: the named one, or the only one that can be.
  func exported(as format: SampleExport.Format, modality: String?) throws -> SampleExport {
    if let modality { return try SampleExport(parts[try index(of: modality)]) }
    let fitting = try parts.filter { !$0.isDropped }.map(SampleExport.init).filter {
      $0.fits(format)
    }
    guard fitting.count == 1, let found = fitting.first else {
      let names = fitting.map(\.part.modality).joined(separator: ", ")
      throw CommandError(
        "missing-modality",
        fitting.isEmpty
          ? "no modality of the current sample is \(format.what)"
          : "several modalities can be written as .\(format.rawValue): \(names)",
        hint: fitting.isEmpty
          ? "the sample has \(parts.map(\.modality).joined(separator: ", "))"
          : "name one: `export sample FILE.\(format.rawValue) MODALITY`")
    }
    return found
  }
}
