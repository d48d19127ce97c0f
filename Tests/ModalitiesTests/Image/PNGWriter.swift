import ModalityKit

/// Writes PNG files of every kind the format has, from samples, by the specification alone: what
/// the decoder is tested against shares no code with it. Data is stored, not compressed.
struct PNGWriter {
  enum Color: Int, CaseIterable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }
    var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      default: [8, 16]
      }
    }
  }

  struct Chunk {
    var kind: String
    var data: [UInt8]
    /// Exclusive-ored into the checksum: anything but 0 makes it wrong.
    var checksumError: UInt32 = 0

    init(_ kind: String, _ data: [UInt8] = []) {
      self.kind = kind
      self.data = data
    }

    var bytes: [UInt8] {
      let body = Array(kind.utf8) + data
      return bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body) ^ checksumError)
    }
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  var width: Int
  var height: Int
  var color: Color
  var depth: Int
  var interlaced = false
  /// Filter type 0...4 of each row in turn, over and over.
  var filters = [0]
  /// RGB triples.
  var palette: [UInt8] = []
  /// Contents of tRNS.
  var transparency: [UInt8]?
  /// Chunks before PLTE, and between it and IDAT.
  var early: [Chunk] = []
  var late: [Chunk] = []
  /// Bytes of each IDAT; 0 puts everything in one.
  var dataSize = 0
  /// Puts an empty IDAT before each of them and behind the last.
  var emptyData = false

  /// The file of `samples`, row-major and interleaved, each in 0...2^depth − 1.
  func file(_ samples: [Int]) -> [UInt8] {
    Self.signature + chunks(samples).flatMap(\.bytes)
  }

  func chunks(_ samples: [Int]) -> [Chunk] {
    let header =
      bigEndian(UInt32(width)) + bigEndian(UInt32(height))
      + [UInt8(depth), UInt8(color.rawValue), 0, 0, interlaced ? 1 : 0]
    var result = [Chunk("IHDR", header)] + early
    if !palette.isEmpty { result.append(Chunk("PLTE", palette)) }
    if let transparency { result.append(Chunk("tRNS", transparency)) }
    result += late
    let data = zlibStored(scanlines(samples))
    let size = dataSize > 0 ? dataSize : data.count
    for start in stride(from: 0, to: data.count, by: size) {
      if emptyData { result.append(Chunk("IDAT")) }
      result.append(Chunk("IDAT", Array(data[start..<min(start + size, data.count)])))
    }
    if emptyData { result.append(Chunk("IDAT")) }
    return result + [Chunk("IEND")]
  }

  /// First column and row, and steps, of Adam7's passes.
  private static let passes = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]

  private func scanlines(_ samples: [Int]) -> [UInt8] {
    let channels = color.channels
    var result: [UInt8] = []
    for (x, y, across, down) in interlaced ? Self.passes : [(0, 0, 1, 1)] where x < width {
      var previous: [UInt8] = []
      for (count, row) in stride(from: y, to: height, by: down).enumerated() {
        var line: [Int] = []
        for column in stride(from: x, to: width, by: across) {
          let first = (row * width + column) * channels
          line += samples[first..<first + channels]
        }
        let packed = pack(line)
        result += filtered(packed, previous, by: filters[count % filters.count])
        previous = packed
      }
    }
    return result
  }

  private func pack(_ line: [Int]) -> [UInt8] {
    if depth == 16 { return line.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
    var result = [UInt8](repeating: 0, count: (line.count * depth + 7) / 8)
    for (place, sample) in line.enumerated() {
      let bit = place * depth
      result[bit / 8] |= UInt8(sample << (8 - depth - bit % 8))
    }
    return result
  }

  private func filtered(_ row: [UInt8], _ above: [UInt8], by filter: Int) -> [UInt8] {
    let step = max(1, color.channels * depth / 8)
    func value(_ line: [UInt8], _ index: Int) -> Int {
      line.indices.contains(index) ? Int(line[index]) : 0
    }
    var result = [UInt8(filter)]
    for index in row.indices {
      let left = value(row, index - step)
      let up = value(above, index)
      let guess =
        switch filter {
        case 1: left
        case 2: up
        case 3: (left + up) / 2
        case 4: paeth(left, up, value(above, index - step))
        default: 0
        }
      result.append(UInt8(truncatingIfNeeded: Int(row[index]) - guess))
    }
    return result
  }

  private func paeth(_ left: Int, _ up: Int, _ corner: Int) -> Int {
    let estimate = left + up - corner
    let candidates = [left, up, corner]
    return candidates.min { abs($0 - estimate) < abs($1 - estimate) } ?? left
  }
}

extension PNGWriter {
  func raw(_ samples: [Int]) -> RawInput { .bytes(file(samples), name: "made.png") }
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
}

/// CRC-32 of the PNG specification, bit by bit.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc = ~UInt32(0)
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return ~crc
}

/// A zlib stream (RFC 1950) of stored blocks (RFC 1951).
private func zlibStored(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x78, 0x01]
  let most = 65535
  for start in stride(from: 0, to: max(bytes.count, 1), by: most) {
    let end = min(start + most, bytes.count)
    let count = UInt16(end - start)
    result.append(end == bytes.count ? 1 : 0)
    for word in [count, ~count] { result += [UInt8(word & 255), UInt8(word >> 8)] }
    result += bytes[start..<end]
  }
  var (low, high) = (UInt32(1), UInt32(0))
  for byte in bytes {
    low = (low + UInt32(byte)) % 65521
    high = (high + low) % 65521
  }
  return result + bigEndian(high << 16 | low)
}
