import ModalityKit

extension EncodedDataset {
  /// The rows of some samples in one modality as the encoder gives them, not scaled; nil where
  /// missing. Kept rows are read, others computed again from their signals, on all threads.
  public func rawRows(
    _ modality: Int, _ indices: [Int], monitor: WorkMonitor = .silent
  ) throws -> [FeatureRow?] {
    let pipeline = pipelines[modality]
    if case .filed(let filed) = rows[modality] {
      return try indices.map { index in
        try filed.places[index].map { place in
          let row = try filed.shelf.row(at: place)
          try pipeline.check(row)
          return row
        }
      }
    }
    let store = signals[modality]
    return try parallelMap(count: indices.count, "encoding", monitor: monitor) { position in
      try store.signal(indices[position]).map { try pipeline.rawRow($0) }
    }
  }
}
