/// What the vector encoder learns: the smallest and the largest value of every feature in training.
public struct VectorRanges: Codable, Sendable, Equatable {
  public let minimum: [Double]
  /// Parallel to `minimum`, nowhere below it.
  public let maximum: [Double]

  init(minimum: [Double], maximum: [Double]) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Nothing learned: every feature is taken to lie between 0 and 1.
  static let unit = VectorRanges(minimum: [], maximum: [])

  /// A saved state comes from a file: what the encoder relies on is checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    minimum = try values.decode([Double].self, forKey: .minimum)
    maximum = try values.decode([Double].self, forKey: .maximum)
    let limit = VectorReader.largestMagnitude
    guard minimum.count == maximum.count, !minimum.isEmpty,
      zip(minimum, maximum).allSatisfy({ $0 <= $1 && abs($0) <= limit && abs($1) <= limit })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .maximum, in: values,
        debugDescription: "expected one minimum and one maximum a feature")
    }
  }

  var count: Int { minimum.count }

  /// The feature's smallest value in training; 0 where nothing was learned.
  func lowest(_ feature: Int) -> Double { feature < count ? minimum[feature] : 0 }

  func isConstant(_ feature: Int) -> Bool {
    feature < count && minimum[feature] == maximum[feature]
  }

  /// The size of one step from 0 to 1 after scaling; 1 for a constant feature.
  func unit(_ feature: Int) -> Double {
    feature < count && !isConstant(feature) ? maximum[feature] - minimum[feature] : 1
  }

  /// (value − minimum) / (maximum − minimum): 0…1 in training, not clipped elsewhere.
  func scaled(_ value: Double, _ feature: Int) -> Double {
    (value - lowest(feature)) / unit(feature)
  }
}
