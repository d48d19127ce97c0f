extension Tape {
  /// y = x W + b with x [B, in], W [in, out], b [1, out].
  ///
  /// W is stored [in, out] (the transpose of PyTorch's) so that dense and sparse inputs share it.
  @inlinable public func linear(
    _ x: Variable<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>
  ) -> Variable<Scalar> {
    record(
      Layer(.dense(x), weights, bias, nil, nil, result(rows: x.rows, columns: bias.columns)))
  }

  /// y = activation(x W + b) ⊙ mask: a hidden layer.
  ///
  /// - Parameter mask: [B, out], a leaf with 0 or 1/(1−p): dropout with the mask drawn outside.
  @inlinable public func layer(
    _ x: LayerInput<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>,
    _ activation: Activation, mask: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    record(
      Layer(x, weights, bias, activation, mask, result(rows: x.rows, columns: bias.columns)))
  }

  @inlinable func record(_ layer: Layer<Scalar>) -> Variable<Scalar> {
    let (x, weights, bias) = (layer.x, layer.weights, layer.bias)
    return record(
      layer.output, forward: .eachRow(x.rows) { layer.forward($0) },
      backward: [.eachRow(x.rows) { layer.backward($0) }],
      parameters: [
        ParameterPass(weights, rows: weights.rows) { layer.weightGradient(rows: $0, keep: $1) },
        ParameterPass(bias, rows: bias.columns) { layer.biasGradient(columns: $0, keep: $1) },
      ])
  }
}

/// What a layer reads: dense rows or sparse ones.
public enum LayerInput<Scalar: Real> {
  case dense(Variable<Scalar>)
  case sparse(SparseInput<Scalar>)

  @inlinable public var rows: Int {
    switch self {
    case .dense(let x): x.rows
    case .sparse(let x): x.rows.rows
    }
  }

  @inlinable var columns: Int {
    switch self {
    case .dense(let x): x.columns
    case .sparse(let x): x.rows.columns
    }
  }
}

/// A sparse leaf of a tape: put new rows in before a replay.
public final class SparseInput<Scalar: Real> {
  public var rows: SparseRows<Scalar>
  /// The rows transposed, for the gradient of the weights: in memory that is reused.
  @usableFromInline private(set) var transposed = SparseRows<Scalar>(columns: 0)

  public init(_ rows: SparseRows<Scalar>) { self.rows = rows }

  @usableFromInline func transpose() { transposed.becomeTranspose(of: rows) }
}

/// y = activation(x W + b) ⊙ mask and its adjoint, by rows.
@usableFromInline struct Layer<Scalar: Real> {
  @usableFromInline let x: LayerInput<Scalar>
  @usableFromInline let weights: Variable<Scalar>
  @usableFromInline let bias: Variable<Scalar>
  @usableFromInline let activation: Activation?
  @usableFromInline let mask: Variable<Scalar>?
  @usableFromInline let output: Variable<Scalar>
  @inlinable var width: Int { output.columns }

  @inlinable init(
    _ x: LayerInput<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>,
    _ activation: Activation?, _ mask: Variable<Scalar>?, _ output: Variable<Scalar>
  ) {
    precondition(x.columns == weights.rows && bias.columns == weights.columns, "layer shapes")
    precondition(mask.map { $0.count == output.count } ?? true, "mask shape")
    (self.x, self.weights, self.bias) = (x, weights, bias)
    (self.activation, self.mask, self.output) = (activation, mask, output)
  }

  @inlinable func forward(_ rows: Range<Int>) {
    precondition(x.rows == output.rows, "a replay keeps the batch size")
    let out = output.value + rows.lowerBound * width
    Scalar.fillRows(out, with: bias.value, rows: rows.count, columns: width)
    switch x {
    case .dense(let input):
      Scalar.multiply(
        input.value + rows.lowerBound * weights.rows, transposed: false, weights.value,
        transposed: false, into: out, m: rows.count, n: width, k: weights.rows, scale: 1, keep: 1)
    case .sparse(let input):
      // Whoever has the first row; the adjoint comes much later.
      if rows.lowerBound == 0, weights.differentiable, output.differentiable {
        input.transpose()
      }
      Scalar.multiply(input.rows, rows: rows, weights.value, columns: width, addingTo: out)
    }
    if let activation {
      Scalar.activate(
        activation, out, mask: mask.map { $0.value + rows.lowerBound * width },
        count: rows.count * width)
    }
  }

  /// The gradient by y becomes that by x W + b, in its place, and is carried to x.
  @inlinable func backward(_ rows: Range<Int>) {
    guard let gradient = output.gradient else { return }
    let upstream = gradient + rows.lowerBound * width
    if let activation {
      Scalar.activateAdjoint(
        activation, output.value + rows.lowerBound * width,
        mask: mask.map { $0.value + rows.lowerBound * width }, upstream, count: rows.count * width)
    }
    guard case .dense(let input) = x, let toInput = input.gradient else { return }
    Scalar.multiply(
      upstream, transposed: false, weights.value, transposed: true,
      into: toInput + rows.lowerBound * weights.rows, m: rows.count, n: weights.rows, k: width,
      scale: 1, keep: 1)
  }

  @inlinable func weightGradient(rows: Range<Int>, keep: Scalar) {
    guard let upstream = output.gradient, let memory = weights.gradientMemory else { return }
    let gradient = memory + rows.lowerBound * width
    switch x {
    case .dense(let input):
      Scalar.multiply(
        input.value + rows.lowerBound, transposed: true, aStride: weights.rows, upstream,
        transposed: false, into: gradient, m: rows.count, n: width, k: output.rows, scale: 1,
        keep: keep)
    case .sparse(let input):
      if keep == 0 { clear(gradient, rows.count * width) }
      Scalar.multiply(
        input.transposed, rows: rows, upstream, columns: width, addingTo: gradient)
    }
  }

  @inlinable func biasGradient(columns: Range<Int>, keep: Scalar) {
    guard let upstream = output.gradient, let memory = bias.gradientMemory else { return }
    let gradient = memory + columns.lowerBound
    if keep == 0 { clear(gradient, columns.count) }
    Scalar.addColumnSums(
      upstream + columns.lowerBound, rows: output.rows, columns: columns.count, stride: width,
      to: gradient)
  }

  @inlinable func clear(_ memory: UnsafeMutablePointer<Scalar>, _ count: Int) {
    UnsafeMutableRawPointer(memory).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Scalar>.stride)
  }
}
