import SeededRandom

/// Dropout on input features as a pure function of (row, feature): the clean and the corrupted
/// input of a pair lose the same features although their sparse rows differ.
struct DropoutMask {
  let rate: Double
  let seed: UInt64

  func apply(to inputs: ModelInputs<Float>) {
    guard rate > 0 else { return }
    let keep = Float(1 / (1 - rate))
    for (modality, leaf) in inputs.leaves.enumerated() {
      switch leaf {
      case .dense(let variable):
        for row in 0..<variable.rows {
          let stream = stream(modality, row)
          let values = variable.value + row * variable.columns
          for j in 0..<variable.columns { values[j] *= drops(stream, j) ? 0 : keep }
        }
      case .sparse(let input):
        let offsets = input.rows.offsets
        let indices = input.rows.indices
        var row = 0
        var position = 0
        input.rows.mapValues { value in
          while position >= Int(offsets[row + 1]) { row += 1 }
          defer { position += 1 }
          return drops(stream(modality, row), Int(indices[position])) ? 0 : value * keep
        }
      }
    }
  }

  private func stream(_ modality: Int, _ row: Int) -> UInt64 {
    mixed(seed ^ UInt64(modality) << 32 ^ UInt64(row))
  }

  private func drops(_ stream: UInt64, _ feature: Int) -> Bool {
    Double(mixed(stream &+ UInt64(feature)) >> 11) * 0x1p-53 < rate
  }
}
