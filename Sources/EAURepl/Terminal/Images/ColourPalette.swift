/// The colours of a bitmap brought down to a few: its own where they are few enough, else the means of
/// boxes in colour space, halved at their medians (median cut, Heckbert 1982).
struct ColourPalette {
  private(set) var colours: [Colour] = []
  /// A colour's number for each pixel.
  private(set) var indices: [Int] = []

  private struct Entry {
    let colour: [Int]
    let count: Int
    let key: Int
  }

  /// - Parameters:
  ///   - rgb: three bytes a pixel.
  ///   - limit: at least 1.
  init(rgb: [UInt8], limit: Int) {
    let pixels = rgb.count / 3
    var counts: [Int: Int] = [:]
    for pixel in 0..<pixels { counts[Self.key(rgb, pixel), default: 0] += 1 }
    // Sorted, so that the same picture gives the same bytes.
    let entries = counts.map { key, count in
      Entry(colour: [key >> 16, key >> 8 & 255, key & 255], count: count, key: key)
    }.sorted { $0.key < $1.key }
    var numbers: [Int: Int] = [:]
    for (number, box) in Self.boxes(entries, limit: limit).enumerated() {
      colours.append(Self.mean(box))
      for entry in box { numbers[entry.key] = number }
    }
    indices = (0..<pixels).map { numbers[Self.key(rgb, $0)] ?? 0 }
  }

  private static func key(_ rgb: [UInt8], _ pixel: Int) -> Int {
    Int(rgb[3 * pixel]) << 16 | Int(rgb[3 * pixel + 1]) << 8 | Int(rgb[3 * pixel + 2])
  }

  /// Splits the box of greatest extent, weighted by its pixels, until there are enough.
  private static func boxes(_ entries: [Entry], limit: Int) -> [[Entry]] {
    guard !entries.isEmpty else { return [] }
    guard entries.count > limit else { return entries.map { [$0] } }
    var boxes = [(entries: entries, weight: weight(entries))]
    while boxes.count < limit {
      guard let next = boxes.indices.max(by: { boxes[$0].weight < boxes[$1].weight }),
        boxes[next].weight > 0
      else { break }
      let (low, high) = halves(boxes[next].entries)
      boxes[next] = (low, weight(low))
      boxes.append((high, weight(high)))
    }
    return boxes.map(\.entries)
  }

  private static func extents(_ box: [Entry]) -> [Int] {
    (0..<3).map { channel in
      var (low, high) = (255, 0)
      for entry in box {
        low = min(low, entry.colour[channel])
        high = max(high, entry.colour[channel])
      }
      return high - low
    }
  }

  /// 0 for a single colour, which cannot be split.
  private static func weight(_ box: [Entry]) -> Double {
    guard box.count > 1 else { return 0 }
    let pixels = box.reduce(0) { $0 + $1.count }
    return Double(extents(box).max() ?? 0) * Double(pixels).squareRoot()
  }

  /// At the median pixel along the longest side; neither half is empty.
  private static func halves(_ box: [Entry]) -> (low: [Entry], high: [Entry]) {
    let extents = extents(box)
    let channel = extents.indices.max { extents[$0] < extents[$1] } ?? 0
    let sorted = box.sorted {
      ($0.colour[channel], $0.key) < ($1.colour[channel], $1.key)
    }
    let half = sorted.reduce(0) { $0 + $1.count } / 2
    var (cut, passed) = (0, 0)
    while cut < sorted.count - 1, passed + sorted[cut].count <= half {
      passed += sorted[cut].count
      cut += 1
    }
    cut = max(cut, 1)
    return (Array(sorted[..<cut]), Array(sorted[cut...]))
  }

  private static func mean(_ box: [Entry]) -> Colour {
    let pixels = max(box.reduce(0) { $0 + $1.count }, 1)
    let channels = (0..<3).map { channel in
      UInt8((box.reduce(0) { $0 + $1.colour[channel] * $1.count } + pixels / 2) / pixels)
    }
    return Colour(channels[0], channels[1], channels[2])
  }
}
