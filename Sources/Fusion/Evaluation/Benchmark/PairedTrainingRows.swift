import SeededRandom

/// The pairs EAU trains on, for baselines: the same corruptions of the same rows.
struct PairedTrainingRows: TrainingRows {
  let clean: CleanRows
  let corrupts: Bool
  private let rows: PairedRows

  init(_ data: EncodedDataset, bank: CorruptionBank?, options: TrainingOptions) throws {
    clean = try CleanRows(data)
    corrupts = bank != nil
    rows = PairedRows(
      tables: try data.tables(data.indices(of: .train)), bank: bank, options: options)
  }

  func write(
    _ positions: [Int], into inputs: ModelInputs<Float>, _ generator: inout SeededGenerator
  ) {
    rows.write(positions, into: inputs, &generator)
  }
}
