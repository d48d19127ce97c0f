import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a vector; see `NumberCorruptions`.
struct VectorCorruptions: Sendable {
  private let numbers: NumberCorruptions

  init(ranges: NumberRanges) { numbers = NumberCorruptions(ranges: ranges) }

  var all: [Corruption<VectorSignal>] {
    [
      Corruption(
        "gaussian", "normal noise, its deviation severity times a number's range in training"
      ) { signal, severity, generator in gaussian(signal, severity, &generator) },
      Corruption(
        "dropout", "each number falls to its training minimum with probability severity/10"
      ) { signal, severity, generator in
        let values = numbers.dropout(signal.values, severity, &generator)
        return result(signal, values, "lowered to their training minimum")
      },
      Corruption(
        "shuffle", "severity/10 of the numbers change places, each fitted to its new range"
      ) { signal, severity, generator in
        let values = numbers.shuffle(signal.values, severity, &generator)
        return result(signal, values, "moved to another place")
      },
    ]
  }

  private func gaussian(
    _ signal: VectorSignal, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<VectorSignal> {
    let values = numbers.gaussian(signal.values, severity, &generator)
    let squares = numbers.squaredChange(from: signal.values, to: values)
    let amount = (squares / Double(max(1, values.count))).squareRoot()
    return Corrupted(
      signal: VectorSignal(values: values),
      realised: RealisedCorruption(
        amount: amount, text: String(format: "noise of %.2f training ranges", amount)))
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
