import Autograd
import ModalityKit

/// The feature rows of many samples in one modality, and which samples have that modality.
public struct FeatureTable: Sendable {
  public enum Storage: Sendable {
    /// [N, features]; zeros where missing.
    case dense(Matrix<Float>)
    /// Empty rows where missing.
    case sparse(SparseRows<Float>)
  }

  public let storage: Storage
  public let present: [Bool]

  public var count: Int { present.count }

  public var features: Int {
    switch storage {
    case .dense(let matrix): matrix.columns
    case .sparse(let rows): rows.columns
    }
  }

  public var isSparse: Bool {
    if case .sparse = storage { true } else { false }
  }

  /// - Parameter rows: nil where the modality is missing.
  public init(_ rows: [FeatureRow?], features: Int, sparse: Bool) {
    var builder = FeatureTableBuilder(features: features, sparse: sparse, capacity: rows.count)
    for row in rows { builder.append(row) }
    self = builder.table()
  }

  init(_ storage: Storage, present: [Bool]) {
    self.storage = storage
    self.present = present
  }

  /// The rows with the given numbers, in that order.
  public func gathering(_ wanted: [Int]) -> FeatureTable {
    let present = wanted.map { self.present[$0] }
    switch storage {
    case .dense(let matrix): return FeatureTable(.dense(matrix.gathering(wanted)), present: present)
    case .sparse(let rows):
      var table = SparseRows<Float>(columns: rows.columns)
      for index in wanted { table.append(row: index, of: rows) }
      return FeatureTable(.sparse(table), present: present)
    }
  }

  /// The same rows, all missing.
  public func dropped() -> FeatureTable {
    FeatureTable(storage, present: Array(repeating: false, count: count))
  }
}

extension FeatureTable {
  /// As many rows, present as these are, of what is ordinary to the network: every dense feature at
  /// its training mean, which scaling made 0, and sparse rows empty.
  public func average() -> FeatureTable {
    switch storage {
    case .dense(let matrix):
      return FeatureTable(
        .dense(Matrix(rows: matrix.rows, columns: matrix.columns)), present: present)
    case .sparse(let rows):
      var empty = SparseRows<Float>(columns: rows.columns)
      for _ in present { empty.append(indices: [], values: []) }
      return FeatureTable(.sparse(empty), present: present)
    }
  }
}
