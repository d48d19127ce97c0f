import Autograd

/// The leaves a model reads: one batch of feature rows a modality, and which of them are there.
public final class ModelInputs<Scalar: Real> {
  public typealias Leaf = LayerInput<Scalar>

  public let rows: Int
  public let leaves: [Leaf]
  /// One [B, 1] column of 0 and 1 a modality.
  public let presence: [Variable<Scalar>]

  public init(_ inputs: [Architecture.Input], rows: Int) {
    self.rows = rows
    leaves = inputs.map { input in
      if input.sparse {
        var empty = SparseRows<Scalar>(columns: input.features)
        for _ in 0..<rows { empty.append(indices: [], values: []) }
        return .sparse(SparseInput(empty))
      }
      return .dense(Variable(rows: rows, columns: input.features, differentiable: false))
    }
    presence = inputs.map { _ in
      Variable(Matrix(rows: rows, columns: 1, repeating: 1), differentiable: false)
    }
  }

  /// A batch of all rows of the tables, one table a modality.
  public convenience init(_ inputs: [Architecture.Input], _ tables: [FeatureTable]) {
    self.init(inputs, rows: tables.first?.count ?? 0)
    begin()
    for (m, table) in tables.enumerated() {
      for row in 0..<rows { write(table, row: row, modality: m, as: row) }
    }
  }

  /// Starts a batch: sparse leaves are filled by appending row after row.
  public func begin() {
    for case .sparse(let input) in leaves { input.rows.removeAll() }
  }

  /// Writes row `source` of a feature table as the batch's row `row`; rows come in order.
  public func write(_ table: FeatureTable, row source: Int, modality: Int, as row: Int) {
    presence[modality].value[row] = table.present[source] ? 1 : 0
    switch (leaves[modality], table.place) {
    case (.dense(let variable), .memory(.dense(let matrix))):
      let columns = variable.columns
      matrix.values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        Scalar.convert(
          base + source * columns, into: variable.value + row * columns, count: columns)
      }
    case (.sparse(let input), .memory(.sparse(let rows))):
      input.rows.append(row: source, converting: rows)
    case (.dense(let variable), .disk(let rows, let numbers)) where !rows.isSparse:
      Scalar.convert(
        rows.row(numbers[source]).values, into: variable.value + row * variable.columns,
        count: variable.columns)
    case (.sparse(let input), .disk(let rows, let numbers)) where rows.isSparse:
      let found = rows.row(numbers[source])
      input.rows.append(indices: found.indices ?? [], values: found.values.map { Scalar($0) })
    default:
      preconditionFailure("a table and its model agree on sparse and dense")
    }
  }
}

// For Float alone, so that other modules get code made for it.
extension ModelInputs<Float> {
  /// Exchanges all rows with those of another batch of the same shape, without copying them, and
  /// takes over its presence: prepared batches take turns in the inputs of one graph.
  public func exchange(with other: ModelInputs<Float>) {
    for (own, theirs) in zip(leaves, other.leaves) {
      switch (own, theirs) {
      case (.dense(let a), .dense(let b)): a.swapValues(with: b)
      case (.sparse(let a), .sparse(let b)): swap(&a.rows, &b.rows)
      default: preconditionFailure("batches of one model")
      }
    }
    for (own, theirs) in zip(presence, other.presence) {
      own.value.update(from: theirs.value, count: rows)
    }
  }
}
