import FeatureCache
import ModalityKit

/// Gathers the unscaled rows of one modality, sample after sample, where they are to stay: in
/// memory, or on a shelf of the feature cache when they would fill it.
struct RowCollector {
  /// What became of one sample.
  enum Outcome: Sendable {
    case missing
    /// Encoded now; with the content it may be filed under.
    case fresh(FeatureRow, ContentDigest?)
    case filed(FeatureShelf.Place)
  }

  private let pipeline: ModalityPipeline
  private let shelf: FeatureShelf?
  private let staysOnShelf: Bool
  private var table: FeatureTableBuilder
  private var places: [FeatureShelf.Place?] = []
  /// How many rows lay on the shelf before.
  private(set) var reused = 0

  /// - Parameters:
  ///   - inputs: of all samples, in whose order rows are added.
  ///   - memoryLimit: in bytes of rows. More stay on the shelf if they are dense and all of them there,
  ///     else in a file of this process.
  init(
    _ pipeline: ModalityPipeline, shelf: FeatureShelf?, inputs: RawInputs, memoryLimit: Int
  ) {
    self.pipeline = pipeline
    self.shelf = shelf
    let features = pipeline.fitted.schema.count
    let bytes = inputs.count * features * MemoryLayout<Float>.size
    staysOnShelf =
      shelf != nil && !pipeline.isSparse && bytes > memoryLimit
      && inputs.indices.allSatisfy { inputs.isFile($0) || !inputs.isPresent($0) }
    table = FeatureTableBuilder(
      features: features, sparse: pipeline.isSparse, capacity: staysOnShelf ? 0 : inputs.count,
      memoryLimit: memoryLimit)
  }

  /// Adds the next samples' rows; the fresh ones are filed first.
  ///
  /// - Throws: `CacheError` when rows that are to stay on the shelf cannot be written there,
  ///   `ScratchError` when others cannot be kept on disk.
  mutating func add(_ outcomes: [Outcome]) throws {
    var filed = try file(outcomes)[...]
    for outcome in outcomes {
      switch outcome {
      case .missing: try append(nil, nil)
      case .fresh(let row, let content):
        let place = content == nil ? nil : filed.popFirst()
        if staysOnShelf, place == nil { throw CacheError.changing }
        try append(row, place)
      case .filed(let place):
        reused += 1
        try append(staysOnShelf ? nil : try row(at: place), place)
      }
    }
  }

  /// Files the fresh rows that may be, and tells where they lie.
  private func file(_ outcomes: [Outcome]) throws(CacheError) -> [FeatureShelf.Place] {
    guard let shelf else { return [] }
    let fresh = outcomes.compactMap { outcome -> (content: ContentDigest, row: FeatureRow)? in
      guard case .fresh(let row, let content) = outcome, let content else { return nil }
      return (content, row)
    }
    do throws(CacheError) {
      return try shelf.append(fresh)
    } catch {
      // A full disk costs the next session time, this one nothing.
      if staysOnShelf { throw error }
      return []
    }
  }

  private mutating func append(
    _ row: FeatureRow?, _ place: FeatureShelf.Place?
  ) throws(ScratchError) {
    if staysOnShelf { places.append(place) } else { try table.append(row) }
  }

  private func row(at place: FeatureShelf.Place) throws -> FeatureRow? {
    guard let row = try shelf?.row(at: place) else { return nil }
    try pipeline.check(row)
    return row
  }

  /// Hands the stored values of a sample that has the modality to `body`.
  func visit(_ index: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) throws {
    guard staysOnShelf else { return table.visit(index, body) }
    guard let place = places[index], let row = try row(at: place) else { return }
    row.values.withUnsafeBufferPointer(body)
  }

  consuming func scaled(by pipeline: ModalityPipeline) -> FeatureRows {
    if staysOnShelf, let shelf {
      return .filed(FiledRows(shelf: shelf, places: places, pipeline: pipeline))
    }
    table.scale(by: pipeline.scaling)
    return .table(table.table())
  }
}
