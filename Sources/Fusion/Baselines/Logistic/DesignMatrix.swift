import Autograd

/// The features of many samples in all modalities, side by side: what a linear model sees. Zeros
/// where a modality is missing.
struct DesignMatrix {
  private enum Part {
    case dense(columns: Int, values: [Double])
    case sparse(SparseRows<Double>)
  }

  private(set) var rows = 0
  private var parts: [Part]

  init(_ inputs: [Architecture.Input]) {
    parts = inputs.map {
      $0.sparse
        ? .sparse(SparseRows(columns: $0.features)) : .dense(columns: $0.features, values: [])
    }
  }

  var columns: Int {
    parts.reduce(0) {
      switch $1 {
      case .dense(let columns, _): $0 + columns
      case .sparse(let rows): $0 + rows.columns
      }
    }
  }

  /// Adds the rows of a batch.
  mutating func append(_ inputs: ModelInputs<Float>) {
    rows += inputs.rows
    for m in parts.indices {
      switch (parts[m], inputs.leaves[m]) {
      case (.dense(let columns, var values), .dense(let leaf)):
        for row in 0..<inputs.rows {
          let isPresent = inputs.presence[m].isPresent(row)
          for i in row * columns..<(row + 1) * columns {
            values.append(isPresent ? Double(leaf.value[i]) : 0)
          }
        }
        parts[m] = .dense(columns: columns, values: values)
      case (.sparse(var rows), .sparse(let leaf)):
        for row in 0..<inputs.rows {
          let range = Int(leaf.rows.offsets[row])..<Int(leaf.rows.offsets[row + 1])
          let isPresent = inputs.presence[m].isPresent(row)
          rows.append(
            indices: isPresent ? Array(leaf.rows.indices[range]) : [],
            values: isPresent ? leaf.rows.values[range].map { Double($0) } : [])
        }
        parts[m] = .sparse(rows)
      default: preconditionFailure("a batch and its design agree on sparse and dense")
      }
    }
  }

  /// out [rows, outputs] += X W, with W [columns, outputs].
  func multiply(
    _ weights: UnsafePointer<Double>, outputs: Int, addingTo out: UnsafeMutablePointer<Double>
  ) {
    var start = 0
    for part in parts {
      let own = weights + start * outputs
      switch part {
      case .dense(let columns, let values):
        values.withUnsafeBufferPointer {
          guard let x = $0.baseAddress else { return }
          Double.multiply(
            x, transposed: false, own, transposed: false, into: out, m: rows, n: outputs,
            k: columns, scale: 1, keep: 1)
        }
        start += columns
      case .sparse(let sparse):
        Double.multiply(sparse, own, columns: outputs, addingTo: out)
        start += sparse.columns
      }
    }
  }

  /// gradient [columns, outputs] += Xᵀ R, with R [rows, outputs].
  func multiplyTransposed(
    _ residual: UnsafePointer<Double>, outputs: Int,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) {
    var start = 0
    for part in parts {
      let own = gradient + start * outputs
      switch part {
      case .dense(let columns, let values):
        values.withUnsafeBufferPointer {
          guard let x = $0.baseAddress else { return }
          Double.multiply(
            x, transposed: true, residual, transposed: false, into: own, m: columns, n: outputs,
            k: rows, scale: 1, keep: 1)
        }
        start += columns
      case .sparse(let sparse):
        Double.multiply(sparse.transposed(), residual, columns: outputs, addingTo: own)
        start += sparse.columns
      }
    }
  }
}
