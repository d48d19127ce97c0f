import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// A batch of Gaussians to differentiate at: B rows, M modalities, D dimensions.
struct Shape: Sendable, CustomTestStringConvertible {
  let b: Int
  let m: Int
  let d: Int
  var testDescription: String { "B\(b) M\(m) D\(d)" }

  static let all = [1, 2, 3, 6, 12].flatMap(of)
  /// For losses of one modality.
  static let single = of(modalities: 1)

  private static func of(modalities: Int) -> [Shape] {
    [1, 2, 5].flatMap { b in [1, 3, 8].map { Shape(b: b, m: modalities, d: $0) } }
  }

  /// mu and sigma of each modality, alternating.
  func values(
    _ generator: inout SeededGenerator, sigmaScale: Double = 0.5
  ) -> [Matrix<Double>] {
    (0..<m).flatMap { _ in
      [generator.normalMatrix(b, d), generator.positiveMatrix(b, d, scale: sigmaScale)]
    }
  }

  /// No column at all, then three patterns in which each row in turn has one modality alone, has
  /// none, and has a random choice.
  func presences(_ generator: inout SeededGenerator) -> [[Variable<Double>]?] {
    var all: [[Variable<Double>]?] = [nil]
    for offset in 0..<3 {
      let columns = (0..<m).map { _ in
        Variable<Double>(rows: b, columns: 1, differentiable: false)
      }
      for row in 0..<b {
        let alone = generator.index(below: m)
        for modality in 0..<m {
          let present =
            switch (row + offset) % 3 {
            case 0: modality == alone
            case 1: false
            default: generator.uniform() < 0.6
            }
          columns[modality].value[row] = present ? 1 : 0
        }
      }
      all.append(columns)
    }
    return all
  }
}

/// Pairs up what `Shape.values` laid out.
func gaussians(_ variables: [Variable<Double>]) -> [Gaussian<Double>] {
  stride(from: 0, to: variables.count, by: 2).map {
    Gaussian(mu: variables[$0], sigma: variables[$0 + 1])
  }
}

func leaves(_ values: [Matrix<Double>]) -> [Variable<Double>] {
  values.map { Variable($0, differentiable: false) }
}
