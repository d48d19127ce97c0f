import Autograd
import ModalityKit

/// A feature table that grows row by row, and may be scaled before it is one. Rows of more bytes than
/// `memoryLimit` go to disk.
struct FeatureTableBuilder {
  private let features: Int
  private let isSparse: Bool
  private let memoryLimit: Int
  private var present: [Bool] = []
  /// Dense values, row after row; unused when sparse.
  private var values: [Float] = []
  private var rows: SparseRows<Float>
  /// All rows, once they have become too many.
  private var kept: KeptRows?

  /// - Parameters:
  ///   - capacity: how many rows are expected.
  ///   - memoryLimit: in bytes of rows.
  init(features: Int, sparse: Bool, capacity: Int, memoryLimit: Int) {
    self.features = features
    self.memoryLimit = memoryLimit
    isSparse = sparse
    rows = SparseRows(columns: features)
    present.reserveCapacity(capacity)
    if !sparse {
      values.reserveCapacity(
        min(capacity * features, memoryLimit / MemoryLayout<Float>.size + features))
    }
  }

  /// - Parameter row: nil where the modality is missing.
  /// - Throws: `ScratchError` when the disk takes no more.
  mutating func append(_ row: FeatureRow?) throws(ScratchError) {
    present.append(row != nil)
    if kept != nil {
      try kept?.append(row)
    } else if isSparse {
      rows.append(indices: row?.indices ?? [], values: row?.values ?? [])
      if rows.values.count * 8 > memoryLimit { try putAway() }
    } else {
      values.append(contentsOf: row?.values ?? Array(repeating: 0, count: features))
      if values.count * MemoryLayout<Float>.size > memoryLimit { try putAway() }
    }
  }

  /// Moves all rows to disk.
  private mutating func putAway() throws(ScratchError) {
    var kept = KeptRows(features: features, isSparse: isSparse)
    for index in present.indices { try kept.append(present[index] ? row(index) : nil) }
    self.kept = kept
    (values, rows) = ([], SparseRows(columns: features))
  }

  private func row(_ index: Int) -> FeatureRow {
    if let kept { return kept.row(index) }
    var row = FeatureRow()
    if isSparse {
      row.indices = Array(rows.indices[rows.range(index)])
      row.values = Array(rows.values[rows.range(index)])
    } else {
      row.values = Array(values[index * features..<(index + 1) * features])
    }
    return row
  }

  /// The stored values of a row that is present.
  func visit(_ row: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    guard kept == nil else { return self.row(row).values.withUnsafeBufferPointer(body) }
    let (all, range) =
      isSparse ? (rows.values, rows.range(row)) : (values, row * features..<(row + 1) * features)
    all.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Scales the rows that are present, those on disk when they are read.
  mutating func scale(by scaling: FeatureScaling) {
    if kept != nil {
      kept?.scaling = scaling
      return
    }
    if isSparse {
      rows.withMutableValues { scaling.apply(to: $0) }
      return
    }
    let (features, present) = (features, present)
    values.withUnsafeMutableBufferPointer { values in
      for row in present.indices where present[row] {
        scaling.apply(
          to: UnsafeMutableBufferPointer(rebasing: values[row * features..<(row + 1) * features]))
      }
    }
  }

  func table() -> FeatureTable {
    if let kept { return FeatureTable(kept, present: present) }
    return FeatureTable(
      isSparse
        ? .sparse(rows)
        : .dense(Matrix(rows: present.count, columns: features, values: values)),
      present: present)
  }
}
