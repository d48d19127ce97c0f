/// What the values of a row are divided by, unless it is 0.
public enum RowNorm: String, Codable, Hashable, Sendable, CaseIterable {
  /// √Σv²
  case l2
  /// Σ|v|
  case l1
  case none

  func scaled(_ entries: consuming [(column: Int, value: Double)]) -> [(column: Int, value: Double)]
  {
    let length =
      switch self {
      case .l2: entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      case .l1: entries.reduce(0) { $0 + abs($1.value) }
      case .none: 1.0
      }
    guard length > 0, length != 1 else { return entries }
    for index in entries.indices { entries[index].value /= length }
    return entries
  }
}
