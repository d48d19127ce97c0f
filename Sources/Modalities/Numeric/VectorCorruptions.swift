import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a vector, measured in units of each feature's range in training, so that a weight
/// in grams and a length in metres are hurt alike.
struct VectorCorruptions: Sendable {
  let ranges: VectorRanges

  var all: [Corruption<VectorSignal>] {
    [
      Corruption(
        "gaussian", "normal noise, its deviation severity times a number's range in training"
      ) { signal, severity, generator in gaussian(signal, severity, &generator) },
      Corruption(
        "dropout", "each number falls to its training minimum with probability severity/10"
      ) { signal, severity, generator in dropout(signal, severity, &generator) },
      Corruption(
        "shuffle", "severity/10 of the numbers change places, each fitted to its new range"
      ) { signal, severity, generator in shuffle(signal, severity, &generator) },
    ]
  }

  private func gaussian(
    _ signal: VectorSignal, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<VectorSignal> {
    let values = signal.values.enumerated().map { feature, value in
      value + ranges.unit(feature) * severity * generator.normal()
    }
    let squares = values.indices.reduce(0.0) { sum, feature in
      let change = (values[feature] - signal.values[feature]) / ranges.unit(feature)
      return sum + change * change
    }
    let amount = (squares / Double(max(1, values.count))).squareRoot()
    return Corrupted(
      signal: VectorSignal(values: values),
      realised: RealisedCorruption(
        amount: amount, text: String(format: "noise of %.2f training ranges", amount)))
  }

  private func dropout(
    _ signal: VectorSignal, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<VectorSignal> {
    let values = signal.values.enumerated().map { feature, value in
      generator.uniform() < severity / 10 ? ranges.lowest(feature) : value
    }
    return result(signal, values, "lowered to their training minimum")
  }

  private func shuffle(
    _ signal: VectorSignal, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<VectorSignal> {
    let places = signal.values.indices.shuffled(using: &generator)
    let moving = places.prefix(Int((Double(places.count) * severity / 10).rounded())).sorted()
    let order = moving.shuffled(using: &generator)
    var values = signal.values
    for (target, source) in zip(moving, order) {
      let moved = ranges.scaled(signal.values[source], source)
      // A value that fits its new place already shall not change by a rounding.
      guard moved != ranges.scaled(signal.values[target], target) else { continue }
      values[target] = ranges.lowest(target) + moved * ranges.unit(target)
    }
    return result(signal, values, "moved to another place")
  }

  /// The realised amount: the share of numbers that are others now.
  private func result(
    _ signal: VectorSignal, _ values: [Double], _ what: String
  ) -> Corrupted<VectorSignal> {
    let changed = zip(values, signal.values).count { $0 != $1 }
    guard changed > 0 else { return Corrupted(signal: signal, realised: .none) }
    let total = values.count
    return Corrupted(
      signal: VectorSignal(values: values),
      realised: RealisedCorruption(
        amount: Double(changed) / Double(total), text: "\(changed) of \(total) numbers \(what)"))
  }
}
