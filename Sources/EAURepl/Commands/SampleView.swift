import ModalityKit

/// The current sample as a person sees it: picture, wave, words.
enum SampleView {
  /// - Parameter only: shows one modality's signal and just names the others.
  static func report(_ sample: CurrentSample, only: String? = nil) -> Report {
    let label =
      sample.label.map { "  label \($0)" }
      ?? sample.value.map { "  \($0.name) \(NumberText.short($0.value))" } ?? ""
    var blocks: [Block] = [.heading(sample.title + label)]
    for part in sample.parts where only == nil || part.modality == only {
      blocks += Self.blocks(part)
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("title", .string(sample.title)), ("number", JSONValue(sample.index.map { $0 + 1 })),
        sample.value.map { ("value", .number($0.value)) } ?? ("label", JSONValue(sample.label)),
        ("modalities", .array(sample.parts.map(json))),
      ]))
  }

  /// The signal the model reads now, its caption, and warnings.
  static func blocks(_ part: CurrentSample.Part) -> [Block] {
    guard let preview = preview(part) else { return [] }
    let state =
      part.isDropped
      ? " (dropped)"
      : part.corruption.map { " (\($0.kind) \(NumberText.short($0.severity)))" } ?? ""
    return [.text("\(part.modality)\(state): \(preview.caption)")] + self.blocks(of: preview)
      + warnings(part, preview).map { .warning("\(part.modality): \($0)") }
  }

  /// Different words shown of a text; a novel has more than a terminal has lines.
  private static let shownWords = 200

  /// What a preview shows, without its caption.
  static func blocks(of preview: Preview) -> [Block] {
    guard case .tokens(let tokens) = preview.content else { return [block(preview)] }
    let counted = count(tokens)
    let rest = counted.count - shownWords
    return [.tokens(Array(counted.prefix(shownWords)))]
      + (rest > 0 ? [.note("\(rest) other words are not shown")] : [])
  }

  private static func block(_ preview: Preview) -> Block {
    switch preview.content {
    case .pixels(let width, let height, let rgb):
      .picture(Picture(width: width, height: height, rgb: rgb, maximumColumns: 32, maximumRows: 16))
    case .wave(let samples, let sampleRate):
      .wave(Wave(samples: samples, sampleRate: sampleRate))
    case .tokens(let tokens): .tokens(count(tokens))
    case .numbers(let values): .columns(ColumnChart(values: values, height: 4))
    case .grid(let grid): .grid(ValueGrid(grid))
    case .directions(let field): .directions(DirectionField(field))
    }
  }

  /// Of the signal alone, and of what the fitted encoder can make of it.
  private static func warnings(_ part: CurrentSample.Part, _ preview: Preview?) -> [String] {
    (preview?.warnings ?? []) + (part.fitted?.warnings(part.corruption?.signal ?? part.clean) ?? [])
  }

  static func preview(_ part: CurrentSample.Part) -> Preview? {
    try? part.encoder.preview(part.corruption?.signal ?? part.clean)
  }

  /// Each token once, in order of first appearance.
  private static func count(_ tokens: [String]) -> [(text: String, count: Int)] {
    var positions: [String: Int] = [:]
    var counted: [(text: String, count: Int)] = []
    for token in tokens {
      if let position = positions[token] {
        counted[position].count += 1
      } else {
        positions[token] = counted.count
        counted.append((token, 1))
      }
    }
    return counted
  }

  /// Of a text, in reading order.
  private static func words(_ preview: Preview?) -> JSONValue {
    guard case .tokens(let tokens)? = preview?.content else { return .null }
    return JSONValue(tokens)
  }

  private static func json(_ part: CurrentSample.Part) -> JSONValue {
    let preview = preview(part)
    return .object([
      ("name", .string(part.modality)), ("source", .string(part.raw.name)),
      ("encoder", .string(part.encoder.descriptor.identifier)),
      ("caption", JSONValue(preview?.caption)), ("words", words(preview)),
      ("warnings", JSONValue(warnings(part, preview))),
    ])
  }
}
