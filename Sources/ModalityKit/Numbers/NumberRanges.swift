/// The smallest and the largest value of every number in training: what brings numbers of any unit
/// to a common size.
public struct NumberRanges: Codable, Sendable, Equatable {
  public let minimum: [Double]
  /// Parallel to `minimum`, nowhere below it.
  public let maximum: [Double]

  /// Sums and differences of two such numbers are finite.
  public static let largestMagnitude = 1e300

  /// Scaled numbers stay within what Float can hold even after a model has divided by a small
  /// deviation.
  public static let largestFeature = 1e30

  public init(minimum: [Double], maximum: [Double]) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Nothing learned: every number is taken to lie between 0 and 1.
  public static let unit = NumberRanges(minimum: [], maximum: [])

  /// A saved state comes from a file: what an encoder relies on is checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    minimum = try values.decode([Double].self, forKey: .minimum)
    maximum = try values.decode([Double].self, forKey: .maximum)
    let limit = Self.largestMagnitude
    guard minimum.count == maximum.count, !minimum.isEmpty,
      zip(minimum, maximum).allSatisfy({ $0 <= $1 && abs($0) <= limit && abs($1) <= limit })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .maximum, in: values,
        debugDescription: "expected one minimum and one maximum a feature")
    }
  }

  public var count: Int { minimum.count }

  /// The smallest value in training; 0 where nothing was learned.
  public func lowest(_ place: Int) -> Double { place < count ? minimum[place] : 0 }

  public func isConstant(_ place: Int) -> Bool {
    place < count && minimum[place] == maximum[place]
  }

  /// The size of one step from 0 to 1 after scaling; 1 for a constant number.
  public func unit(_ place: Int) -> Double {
    place < count && !isConstant(place) ? maximum[place] - minimum[place] : 1
  }

  /// (value − minimum) / (maximum − minimum): 0…1 in training, not clipped elsewhere.
  public func scaled(_ value: Double, _ place: Int) -> Double {
    (value - lowest(place)) / unit(place)
  }

  /// The scaled value as a feature: 0 for a number that was constant in training, since no weight
  /// could learn what its change means, and at most `largestFeature` large.
  public func feature(_ value: Double, _ place: Int) -> Float {
    Self.feature(isConstant(place) ? 0 : scaled(value, place))
  }

  /// Any number as a feature.
  public static func feature(_ value: Double) -> Float {
    Float(min(max(value, -largestFeature), largestFeature))
  }
}
