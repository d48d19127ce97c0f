import Fusion

/// The parts of what a modality did to its own weight: the features that did most, and the rest.
struct AttributedParts {
  struct Named {
    let name: String
    /// Of the scaled feature; nil for sums.
    let change: Double?
    let part: WeightAttribution.Part
  }

  /// By what they did to alpha, most first.
  let features: [Named]
  /// The sum of all others; nil when there are none.
  let rest: Named?
  /// Sums over features whose names begin alike, up to the colon; none where each is alone.
  let groups: [Named]
  private let factors: [Named]

  /// The features shown, the rest, and the factors that did something.
  var all: [Named] { features + (rest.map { [$0] } ?? []) + factors }

  init(_ modality: WeightAttribution.Modality, names: [String], top: Int) {
    typealias Part = WeightAttribution.Part
    let ordered = modality.features.sorted {
      (-abs($0.part.alpha), $0.column) < (-abs($1.part.alpha), $1.column)
    }
    features = ordered.prefix(top).map {
      Named(name: names[$0.column], change: $0.change, part: $0.part)
    }
    let others = ordered.dropFirst(top)
    rest =
      others.isEmpty
      ? nil
      : Named(
        name: "\(others.count) other features", change: nil,
        part: others.reduce(Part()) { $0 + $1.part })
    factors = [
      ("far from training rows", modality.novelty), ("against the others", modality.consensus),
    ].filter { $0.1 != Part() }.map { Named(name: $0.0, change: nil, part: $0.1) }
    groups = Self.groups(modality.features, names)
  }

  private static func groups(_ features: [WeightAttribution.Feature], _ names: [String]) -> [Named]
  {
    var places: [String: Int] = [:]
    var sums: [(name: String, count: Int, part: WeightAttribution.Part)] = []
    for feature in features {
      let name = names[feature.column]
      let group = String(name.prefix { $0 != ":" })
      if let place = places[group] {
        sums[place].count += 1
        sums[place].part = sums[place].part + feature.part
      } else {
        places[group] = sums.count
        sums.append((group, 1, feature.part))
      }
    }
    guard sums.count < features.count else { return [] }
    return sums.enumerated()
      .sorted {
        (-abs($0.element.part.alpha), $0.offset) < (-abs($1.element.part.alpha), $1.offset)
      }
      .map {
        Named(name: "\($0.element.name) (\($0.element.count))", change: nil, part: $0.element.part)
      }
  }
}
