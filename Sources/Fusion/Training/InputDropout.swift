import SeededRandom

/// Dropout on input features, at a share of its own for each row: uniform in 0...`largest`.
///
/// With one share for all rows no row would ever be seen whole, and sigma could not tell a clean
/// input from a thinned one. A pure function of (seed, modality, row, feature).
struct InputDropout {
  let largest: Double
  let seed: UInt64

  func apply(to inputs: ModelInputs<Float>) {
    guard largest > 0 else { return }
    for (modality, leaf) in inputs.leaves.enumerated() {
      switch leaf {
      case .dense(let variable):
        for row in 0..<variable.rows {
          let mask = RowMask(self, modality, row)
          let values = variable.value + row * variable.columns
          for j in 0..<variable.columns { values[j] *= mask.factor(j) }
        }
      case .sparse(let input):
        let offsets = input.rows.offsets
        let indices = input.rows.indices
        let masks = (0..<input.rows.rows).map { RowMask(self, modality, $0) }
        var row = 0
        var position = 0
        input.rows.mapValues { value in
          while position >= Int(offsets[row + 1]) { row += 1 }
          defer { position += 1 }
          return value * masks[row].factor(Int(indices[position]))
        }
      }
    }
  }
}

/// The dropout of one row.
private struct RowMask {
  let share: Double
  let stream: UInt64
  /// 1/(1 − share): the expected feature stays.
  let keep: Float

  init(_ dropout: InputDropout, _ modality: Int, _ row: Int) {
    stream = mixed(dropout.seed ^ UInt64(modality) << 32 ^ UInt64(row))
    share = dropout.largest * uniform(mixed(stream))
    keep = Float(1 / (1 - share))
  }

  func factor(_ feature: Int) -> Float {
    uniform(mixed(stream &+ UInt64(feature) &+ 1)) < share ? 0 : keep
  }
}

/// In [0, 1).
private func uniform(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }
