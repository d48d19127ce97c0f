import Autograd

/// The leaves a model reads: one batch of feature rows a modality, and which of them are there.
public final class ModelInputs<Scalar: Real> {
  public enum Leaf {
    case dense(Variable<Scalar>)
    case sparse(SparseInput<Scalar>)
  }

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

  /// Starts a batch: sparse leaves are filled by appending row after row.
  public func begin() {
    for case .sparse(let input) in leaves { input.rows.removeAll() }
  }

  /// Writes row `source` of a feature table as the batch's row `row`; rows come in order.
  public func write(_ table: FeatureTable, row source: Int, modality: Int, as row: Int) {
    presence[modality].value[row] = table.present[source] ? 1 : 0
    switch (leaves[modality], table.place) {
    case (.dense(let variable), .memory(.dense(let matrix))):
      let target = variable.value + row * variable.columns
      matrix.values.withUnsafeBufferPointer { values in
        for j in 0..<variable.columns { target[j] = Scalar(values[source * variable.columns + j]) }
      }
    case (.sparse(let input), .memory(.sparse(let rows))):
      let range = Int(rows.offsets[source])..<Int(rows.offsets[source + 1])
      input.rows.append(
        indices: Array(rows.indices[range]), values: rows.values[range].map { Scalar($0) })
    case (.dense(let variable), .disk(let rows, let numbers)) where !rows.isSparse:
      let target = variable.value + row * variable.columns
      for (j, value) in rows.row(numbers[source]).values.enumerated() {
        target[j] = Scalar(value)
      }
    case (.sparse(let input), .disk(let rows, let numbers)) where rows.isSparse:
      let found = rows.row(numbers[source])
      input.rows.append(indices: found.indices ?? [], values: found.values.map { Scalar($0) })
    default:
      preconditionFailure("a table and its model agree on sparse and dense")
    }
  }
}
