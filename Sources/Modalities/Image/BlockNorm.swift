/// How the histograms of a block v are scaled together (Dalal & Triggs 2005, §6.4), with ε = 1e-5
/// as in scikit-image. Raw values are the words a user types.
public enum BlockNorm: String, Codable, CaseIterable, Sendable {
  /// v / (Σ|v| + ε)
  case l1
  /// √(v / (Σ|v| + ε))
  case l1Root = "l1-sqrt"
  /// v / √(Σv² + ε²)
  case l2
  /// `l2`, clipped at 0.2, and `l2` again.
  case l2Hys = "l2-hys"

  private static let epsilon = 1e-5

  /// Scales the values of one block, none negative.
  func scale(_ values: UnsafeMutableBufferPointer<Double>) {
    switch self {
    case .l1: Self.divideBySum(values)
    case .l1Root:
      Self.divideBySum(values)
      for index in values.indices { values[index] = values[index].squareRoot() }
    case .l2: Self.divideByLength(values)
    case .l2Hys:
      Self.divideByLength(values)
      for index in values.indices { values[index] = min(values[index], 0.2) }
      Self.divideByLength(values)
    }
  }

  private static func divideBySum(_ values: UnsafeMutableBufferPointer<Double>) {
    let sum = values.reduce(0, +) + epsilon
    for index in values.indices { values[index] /= sum }
  }

  private static func divideByLength(_ values: UnsafeMutableBufferPointer<Double>) {
    // Four partial sums: one would wait for itself at each addition.
    var sums = (0.0, 0.0, 0.0, 0.0)
    var index = 0
    while index + 4 <= values.count {
      sums.0 += values[index] * values[index]
      sums.1 += values[index + 1] * values[index + 1]
      sums.2 += values[index + 2] * values[index + 2]
      sums.3 += values[index + 3] * values[index + 3]
      index += 4
    }
    while index < values.count {
      sums.0 += values[index] * values[index]
      index += 1
    }
    let length = ((sums.0 + sums.1) + (sums.2 + sums.3) + epsilon * epsilon).squareRoot()
    for index in values.indices { values[index] /= length }
  }
}
