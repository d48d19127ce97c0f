/// The transpose of sparse rows, in memory that is reused: row j holds the entries of column j.
final class TransposedRows<Scalar: Real> {
  private(set) var rows: SparseRows<Scalar>

  init(_ original: SparseRows<Scalar>) { rows = SparseRows(columns: original.rows) }

  /// Becomes the transpose of `original`: a counting sort, entries of a row in ascending order.
  func take(_ original: SparseRows<Scalar>) { rows.becomeTranspose(of: original) }
}
