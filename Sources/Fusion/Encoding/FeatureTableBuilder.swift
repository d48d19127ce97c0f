import Autograd
import ModalityKit

/// A feature table that grows row by row, and may be scaled before it is one.
struct FeatureTableBuilder {
  private let features: Int
  private let isSparse: Bool
  private var present: [Bool] = []
  /// Dense values, row after row; unused when sparse.
  private var values: [Float] = []
  private var rows: SparseRows<Float>

  init(features: Int, sparse: Bool, capacity: Int) {
    self.features = features
    isSparse = sparse
    rows = SparseRows(columns: features)
    present.reserveCapacity(capacity)
    if !sparse { values.reserveCapacity(capacity * features) }
  }

  /// - Parameter row: nil where the modality is missing.
  mutating func append(_ row: FeatureRow?) {
    present.append(row != nil)
    if isSparse {
      rows.append(indices: row?.indices ?? [], values: row?.values ?? [])
    } else {
      values.append(contentsOf: row?.values ?? Array(repeating: 0, count: features))
    }
  }

  /// The stored values of a row that is present.
  func visit(_ row: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    let (all, range) =
      isSparse ? (rows.values, rows.range(row)) : (values, row * features..<(row + 1) * features)
    all.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Scales the rows that are present.
  mutating func scale(by scaling: FeatureScaling) {
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
    FeatureTable(
      isSparse
        ? .sparse(rows)
        : .dense(Matrix(rows: present.count, columns: features, values: values)),
      present: present)
  }
}
