import Autograd
import FeatureCache
import ModalityKit

/// The feature rows of a whole data set in one modality: a table, or, where they would fill memory and
/// are of files, unscaled in the feature cache and read from there when asked for.
enum FeatureRows: Sendable {
  case table(FeatureTable)
  case filed(FiledRows)

  var present: [Bool] {
    switch self {
    case .table(let table): table.present
    case .filed(let rows): rows.places.map { $0 != nil }
    }
  }

  /// The scaled rows with the given numbers, in that order.
  ///
  /// - Throws: `CacheError` when the cache's file was damaged since.
  func gathering(_ wanted: [Int]) throws -> FeatureTable {
    switch self {
    case .table(let table): return table.gathering(wanted)
    case .filed(let rows):
      return FeatureTable(
        try wanted.map { try rows.row($0) }, features: rows.pipeline.fitted.schema.count,
        sparse: rows.pipeline.isSparse)
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
