import Foundation
import ModalityKit

/// A preview as a line of JSON; its numbers follow as bytes.
struct PreviewLine: Codable, Sendable {
  enum Kind: String, Codable, Sendable { case pixels, wave, tokens, numbers, grid, directions }

  var kind: Kind
  var caption: String?
  var warnings: [String]?
  var tokens: [String]?
  var width: Int?
  var height: Int?
  var rate: Double?
  var rows: Int?
  var columns: Int?
  var directions: Int?
  /// Top and bottom; left and right.
  var vertical: [String]?
  var horizontal: [String]?
  var unit: String?

  /// Values a plugin may show at once; a person sees far fewer.
  private static let limit = 1 << 26

  /// What to show; nil when line and bytes do not belong together.
  func preview(_ payload: [UInt8]) -> Preview? {
    guard let content = content(payload) else { return nil }
    return Preview(content, caption: caption ?? "", warnings: warnings ?? [])
  }

  private func content(_ payload: [UInt8]) -> Preview.Content? {
    switch kind {
    case .pixels:
      guard let width, let height, holds(payload.count, [width, height, 3], bytes: 1) else {
        return nil
      }
      return .pixels(width: width, height: height, rgb: payload)
    case .wave:
      guard let rate, rate.isFinite, rate > 0, payload.count % 4 == 0 else { return nil }
      return .wave(samples: numbers(in: payload), sampleRate: rate)
    case .tokens: return .tokens(tokens ?? [])
    case .numbers:
      return payload.count % 8 == 0 ? .numbers(numbers(in: payload)) : nil
    case .grid:
      guard let rows, let columns, holds(payload.count, [rows, columns], bytes: 8) else {
        return nil
      }
      let (vertical, horizontal) = (vertical ?? [], horizontal ?? [])
      return .grid(
        Preview.Grid(
          rows: rows, columns: columns, values: numbers(in: payload),
          vertical: (vertical.first ?? "", vertical.dropFirst().first ?? ""),
          horizontal: (horizontal.first ?? "", horizontal.dropFirst().first ?? ""),
          unit: unit ?? ""))
    case .directions:
      guard let rows, let columns, let directions,
        holds(payload.count, [rows, columns, directions], bytes: 8)
      else { return nil }
      return .directions(
        Preview.Directions(
          rows: rows, columns: columns, directions: directions, strengths: numbers(in: payload)))
    }
  }

  private func holds(_ count: Int, _ extents: [Int], bytes: Int) -> Bool {
    guard extents.allSatisfy({ (0...Self.limit).contains($0) }) else { return false }
    var product = bytes
    for extent in extents {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow else { return false }
      product = next
    }
    return product == count
  }

  /// The line and the bytes behind it.
  static func framed(_ preview: Preview) -> (line: PreviewLine, payload: [UInt8]) {
    var line: PreviewLine
    var payload: [UInt8] = []
    switch preview.content {
    case .pixels(let width, let height, let rgb):
      line = PreviewLine(kind: .pixels)
      (line.width, line.height, payload) = (width, height, rgb)
    case .wave(let samples, let rate):
      line = PreviewLine(kind: .wave)
      (line.rate, payload) = (rate, bytes(of: samples))
    case .tokens(let tokens):
      line = PreviewLine(kind: .tokens)
      line.tokens = tokens
    case .numbers(let values):
      line = PreviewLine(kind: .numbers)
      payload = bytes(of: values)
    case .grid(let grid):
      line = PreviewLine(kind: .grid)
      (line.rows, line.columns, line.unit) = (grid.rows, grid.columns, grid.unit)
      line.vertical = [grid.vertical.top, grid.vertical.bottom]
      line.horizontal = [grid.horizontal.left, grid.horizontal.right]
      payload = bytes(of: grid.values)
    case .directions(let found):
      line = PreviewLine(kind: .directions)
      (line.rows, line.columns, line.directions) = (found.rows, found.columns, found.directions)
      payload = bytes(of: found.strengths)
    }
    (line.caption, line.warnings) = (preview.caption, preview.warnings)
    return (line, payload)
  }
}

/// Numbers in the order of this machine, which is little-endian on every one Swift runs on.
func bytes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
  numbers.withUnsafeBytes(Array.init)
}

/// The numbers that bytes hold; what is left over at the end is ignored.
func numbers<Number: BitwiseCopyable>(in bytes: some Collection<UInt8>) -> [Number] {
  let bytes = Array(bytes)
  let size = MemoryLayout<Number>.size
  return bytes.withUnsafeBytes { buffer in
    (0..<buffer.count / size).map {
      buffer.loadUnaligned(fromByteOffset: size * $0, as: Number.self)
    }
  }
}
