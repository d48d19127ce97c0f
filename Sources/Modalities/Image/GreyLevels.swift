/// A bitmap's luma and simple statistics of it.
struct GreyLevels {
  let size: Int
  /// Row-major, 0...255.
  let values: [Double]

  /// Luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B.
  init(_ bitmap: Bitmap) {
    size = bitmap.size
    let count = bitmap.size * bitmap.size
    values = bitmap.rgb.withUnsafeBufferPointer { rgb in
      [Double](unsafeUninitializedCapacity: count) { luma, initialized in
        for pixel in 0..<count {
          let red = 0.299 * Double(rgb[3 * pixel])
          let green = 0.587 * Double(rgb[3 * pixel + 1])
          let blue = 0.114 * Double(rgb[3 * pixel + 2])
          luma[pixel] = red + green + blue
        }
        initialized = count
      }
    }
  }

  static let statisticNames = [
    "grey:mean", "grey:deviation", "grey:contentMean", "grey:contentDeviation", "grey:edgeMean",
    "grey:edgeDeviation", "grey:contentShare",
  ]

  /// The seven numbers of `statisticNames`, each over 255: mean and standard deviation of all
  /// pixels and of the content (pixels more than 5 levels from the background), of the length of
  /// the gradient (half central differences), and the share of content.
  func statistics(background: Int) -> [Double] {
    let content = values.filter { abs($0 - Double(background)) > 5 }
    let edges = edgeStrengths()
    let all = Self.moments(values)
    let inside = Self.moments(content.isEmpty ? values : content)
    let edge = Self.moments(edges)
    return [
      all.mean / 255, all.deviation / 255, inside.mean / 255, inside.deviation / 255,
      edge.mean / 255, edge.deviation / 255, Double(content.count) / Double(values.count),
    ]
  }

  /// Length of the gradient; one-sided differences at the border.
  private func edgeStrengths() -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { grey in
      for y in 0..<size {
        let above = max(y - 1, 0)
        let below = min(y + 1, size - 1)
        for x in 0..<size {
          let left = max(x - 1, 0)
          let right = min(x + 1, size - 1)
          let across =
            (grey[y * size + right] - grey[y * size + left]) / Double(max(right - left, 1))
          let down =
            (grey[below * size + x] - grey[above * size + x]) / Double(max(below - above, 1))
          result[y * size + x] = (across * across + down * down).squareRoot()
        }
      }
    }
    return result
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance.squareRoot())
  }
}
