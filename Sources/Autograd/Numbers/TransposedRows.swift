/// The transpose of sparse rows, in memory that is reused: row j holds the entries of column j.
@usableFromInline final class TransposedRows<Scalar: Real> {
  @usableFromInline private(set) var rows: SparseRows<Scalar>

  init(_ original: SparseRows<Scalar>) { rows = SparseRows(columns: original.rows) }

  /// Becomes the transpose of `original`: a counting sort, entries of a row in ascending order.
  @usableFromInline func take(_ original: SparseRows<Scalar>) { rows.becomeTranspose(of: original) }
}
