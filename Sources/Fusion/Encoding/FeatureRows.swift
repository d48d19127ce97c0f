import Autograd
import FeatureCache
import ModalityKit

/// The feature rows of a whole data set in one modality: scaled and in memory, or, when they would
/// fill it, unscaled in the feature cache and read from there when asked for.
enum FeatureRows: Sendable {
  case memory(FeatureTable)
  case filed(FiledRows)

  var present: [Bool] {
    switch self {
    case .memory(let table): table.present
    case .filed(let rows): rows.places.map { $0 != nil }
    }
  }

  /// The scaled rows with the given numbers, in that order.
  ///
  /// - Throws: `CacheError` when the cache's file was damaged since.
  func gathering(_ wanted: [Int]) throws -> FeatureTable {
    switch self {
    case .memory(let table): return table.gathering(wanted)
    case .filed(let rows):
      var table = FeatureTableBuilder(
        features: rows.pipeline.fitted.schema.count, sparse: rows.pipeline.isSparse,
        capacity: wanted.count)
      for index in wanted { table.append(try rows.row(index)) }
      return table.table()
    }
  }
}

/// Rows that lie on a shelf of the feature cache.
struct FiledRows: Sendable {
  let shelf: FeatureShelf
  /// nil where the modality is missing.
  let places: [FeatureShelf.Place?]
  let pipeline: ModalityPipeline

  /// The scaled row; nil where the modality is missing.
  func row(_ index: Int) throws -> FeatureRow? {
    guard let place = places[index] else { return nil }
    var row = try shelf.row(at: place)
    try pipeline.check(row)
    pipeline.scaling.apply(to: &row)
    return row
  }
}
