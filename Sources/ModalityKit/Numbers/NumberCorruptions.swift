import SeededRandom

/// Ways to spoil a row of numbers, measured in units of each number's range in training, so that a
/// weight in grams and a length in metres are hurt alike.
public struct NumberCorruptions: Sendable {
  public let ranges: NumberRanges

  public init(ranges: NumberRanges) { self.ranges = ranges }

  /// Normal noise, its deviation severity times a number's range.
  public func gaussian(
    _ values: [Double], _ severity: Double, _ generator: inout SeededGenerator
  ) -> [Double] {
    values.enumerated().map { place, value in
      value + ranges.unit(place) * severity * generator.normal()
    }
  }

  /// The sum of the squared changes, each in units of its number's range.
  public func squaredChange(from old: [Double], to new: [Double]) -> Double {
    zip(old, new).enumerated().reduce(0.0) { sum, pair in
      let change = (pair.element.1 - pair.element.0) / ranges.unit(pair.offset)
      return sum + change * change
    }
  }

  /// Each number falls to its smallest value in training with probability severity/10.
  public func dropout(
    _ values: [Double], _ severity: Double, _ generator: inout SeededGenerator
  ) -> [Double] {
    lowered(values, at: hits(values.count, severity, &generator))
  }

  /// Which of `count` places are hit, each with probability severity/10.
  public func hits(
    _ count: Int, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [Int] {
    (0..<count).filter { _ in generator.uniform() < severity / 10 }
  }

  /// Some numbers fallen to their smallest values in training.
  public func lowered(_ values: [Double], at places: [Int]) -> [Double] {
    var values = values
    for place in places { values[place] = ranges.lowest(place) }
    return values
  }

  /// severity/10 of the numbers change places, each fitted to its new range.
  public func shuffle(
    _ values: [Double], _ severity: Double, _ generator: inout SeededGenerator
  ) -> [Double] {
    var shuffled = values
    for (target, source) in exchanges(values.count, severity, &generator) {
      let moved = ranges.scaled(values[source], source)
      // A value that fits its new place already shall not change by a rounding.
      guard moved != ranges.scaled(values[target], target) else { continue }
      shuffled[target] = ranges.lowest(target) + moved * ranges.unit(target)
    }
    return shuffled
  }
}

/// severity/10 of `count` places, each with the place whose content it receives.
public func exchanges(
  _ count: Int, _ severity: Double, _ generator: inout SeededGenerator
) -> [(target: Int, source: Int)] {
  let places = (0..<count).shuffled(using: &generator)
  let moving = places.prefix(Int((Double(count) * severity / 10).rounded())).sorted()
  return zip(moving, moving.shuffled(using: &generator)).map { (target: $0, source: $1) }
}
