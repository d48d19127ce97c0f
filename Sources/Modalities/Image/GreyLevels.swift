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
    "grey:edgeDeviation", "grey:contentShare", "grey:noise",
  ]

  /// The eight numbers of `statisticNames`, each over 255: mean and standard deviation of all
  /// pixels and of the content (pixels more than 5 levels from the background), of the length of
  /// the gradient (half central differences), the share of content, and the noise.
  func statistics(background: Int) -> [Double] {
    let content = values.filter { abs($0 - Double(background)) > 5 }
    let edges = edgeStrengths()
    let all = Self.moments(values)
    let inside = Self.moments(content.isEmpty ? values : content)
    let edge = Self.moments(edges)
    return [
      all.mean / 255, all.deviation / 255, inside.mean / 255, inside.deviation / 255,
      edge.mean / 255, edge.deviation / 255, Double(content.count) / Double(values.count),
      noise() / 255,
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

  /// Standard deviation of white noise, by Immerkær's mask (1996) [1 -2 1; -2 4 -2; 1 -2 1], which
  /// flat areas and straight edges do not excite: √(π/2)/6 times its mean magnitude.
  private func noise() -> Double {
    guard size >= 3 else { return 0 }
    var total = 0.0
    values.withUnsafeBufferPointer { grey in
      for y in 1..<size - 1 {
        for x in 1..<size - 1 {
          let i = y * size + x
          let above = grey[i - size - 1] - 2 * grey[i - size] + grey[i - size + 1]
          let here = -2 * grey[i - 1] + 4 * grey[i] - 2 * grey[i + 1]
          let below = grey[i + size - 1] - 2 * grey[i + size] + grey[i + size + 1]
          total += abs(above + here + below)
        }
      }
    }
    return (Double.pi / 2).squareRoot() / 6 * total / Double((size - 2) * (size - 2))
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance.squareRoot())
  }
}
