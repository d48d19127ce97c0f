import SeededRandom

/// The rows a model trains on: clean ones, or pairs of a clean row and a spoiled one.
///
/// With corruptions, each modality of a row is replaced with probability `corrupted` by a version
/// from the bank, loses a share of its features, and is damaged among its features with probability
/// `damage`.
struct PairedRows {
  let tables: [FeatureTable]
  private let bank: CorruptionBank?
  private let corrupted: Double
  private let inputDropout: Double
  private let damage: Double

  /// - Parameter bank: versions of the same samples as `tables`; nil trains on clean rows.
  init(tables: [FeatureTable], bank: CorruptionBank?, options: TrainingOptions) {
    self.tables = tables
    self.bank = bank
    corrupted = options.corrupted
    inputDropout = options.inputDropout
    damage = options.damage
  }

  /// Writes training samples, by position, into a batch's inputs.
  ///
  /// - Parameter clean: receives the same samples untouched, where given.
  func write(
    _ positions: [Int], into inputs: ModelInputs<Float>, clean: ModelInputs<Float>? = nil,
    _ generator: inout SeededGenerator
  ) {
    inputs.begin()
    clean?.begin()
    for m in tables.indices {
      for (row, position) in positions.enumerated() {
        clean?.write(tables[m], row: position, modality: m, as: row)
        if let bank, generator.uniform() < corrupted {
          inputs.write(
            bank.tables[m], row: bank.row(of: position, &generator), modality: m, as: row)
        } else {
          inputs.write(tables[m], row: position, modality: m, as: row)
        }
      }
    }
    InputDropout(largest: inputDropout, seed: generator.next()).apply(to: inputs)
    if damage > 0 {
      FeatureDamage(share: damage, seed: generator.next()).apply(to: inputs)
    }
  }
}
