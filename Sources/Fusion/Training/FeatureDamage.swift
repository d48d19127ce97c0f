import Foundation
import SeededRandom

/// Damage done to feature rows during training, beside that done to signals: whatever spoils a
/// signal in the world moves its features in some direction, and pairs spoiled in many directions
/// teach sigma more than the encoder's own list of corruptions.
///
/// A pure function of (seed, modality, row, feature).
struct FeatureDamage {
  /// A way to spoil a row of scaled features.
  enum Kind: CaseIterable {
    /// Normal noise, standard deviation log-uniform in 0.1…30.
    case noise
    /// A share uniform in 0…1 set to 0, which is the training mean.
    case loss
    /// A share uniform in 0…1 taken from the batch's next row: of another sample.
    case exchange
    /// All multiplied by a factor uniform in 0…1, as blur and low contrast do.
    case fading
  }

  /// Of the rows, each modality apart.
  let share: Double
  let seed: UInt64

  func apply(to inputs: ModelInputs<Float>) {
    for (modality, leaf) in inputs.leaves.enumerated() {
      guard case .dense(let variable) = leaf, variable.rows > 0 else { continue }
      let columns = variable.columns
      // The first row as it was: the last row takes from it after it has been damaged itself.
      let first = (0..<columns).map { variable.value[$0] }
      for row in 0..<variable.rows {
        var generator = SeededGenerator(seed: seed, stream: UInt64(modality), UInt64(row))
        guard generator.uniform() < share else { continue }
        let values = variable.value + row * columns
        switch Kind.allCases[generator.index(below: Kind.allCases.count)] {
        case .noise:
          let deviation = Float(0.1 * pow(300, generator.uniform()))
          for j in 0..<columns {
            values[j] = FeatureScaling.compressed(values[j] + deviation * Float(generator.normal()))
          }
        case .loss:
          let lost = generator.uniform()
          for j in 0..<columns where generator.uniform() < lost { values[j] = 0 }
        case .exchange:
          let taken = min(1, 1.25 * generator.uniform())
          for j in 0..<columns where generator.uniform() < taken {
            values[j] = row + 1 < variable.rows ? values[columns + j] : first[j]
          }
        case .fading:
          let factor = Float(generator.uniform())
          for j in 0..<columns { values[j] *= factor }
        }
      }
    }
  }
}
