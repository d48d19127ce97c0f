extension Tape {
  /// y = x W + b with x [B, in], W [in, out], b [1, out].
  ///
  /// W is stored [in, out] (the transpose of PyTorch's) so that dense and sparse inputs share it.
  @inlinable public func linear(
    _ x: Variable<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>
  ) -> Variable<Scalar> {
    record(
      Layer(
        .dense(x), weights, bias, nil, nil, result(rows: x.rows, columns: bias.columns), sweep))
  }

  /// y = activation(x W + b) ⊙ mask: a hidden layer.
  ///
  /// - Parameter mask: [B, out], a leaf with 0 or 1/(1−p): dropout with the mask drawn outside.
  @inlinable public func layer(
    _ x: LayerInput<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>,
    _ activation: Activation, mask: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    record(
      Layer(
        x, weights, bias, activation, mask, result(rows: x.rows, columns: bias.columns), sweep))
  }

  @inlinable func record(_ layer: Layer<Scalar>) -> Variable<Scalar> {
    let (gradient, bias) = (WeightGradient(layer), layer.bias)
    let shares = layer.shares(threads: threads)
    return record(
      layer.output, forward: shares.forward, backward: shares.backward,
      parameters: [
        ParameterPass(
          layer.weights, rows: layer.weights.rows, squaredNorm: gradient.squaredNorm
        ) { gradient.write(rows: $0, keep: $1, into: $2) },
        ParameterPass(bias, rows: bias.columns) {
          layer.biasGradient(columns: $0, keep: $1, into: $2)
        },
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

/// y = activation(x W + b) ⊙ mask and its adjoint, block by block.
@usableFromInline struct Layer<Scalar: Real> {
  @usableFromInline let x: LayerInput<Scalar>
  @usableFromInline let weights: Variable<Scalar>
  @usableFromInline let bias: Variable<Scalar>
  @usableFromInline let activation: Activation?
  @usableFromInline let mask: Variable<Scalar>?
  @usableFromInline let output: Variable<Scalar>
  @usableFromInline let sweep: Sweep
  @inlinable var width: Int { output.columns }

  @inlinable init(
    _ x: LayerInput<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>,
    _ activation: Activation?, _ mask: Variable<Scalar>?, _ output: Variable<Scalar>,
    _ sweep: Sweep
  ) {
    precondition(x.columns == weights.rows && bias.columns == weights.columns, "layer shapes")
    precondition(mask.map { $0.count == output.count } ?? true, "mask shape")
    (self.x, self.weights, self.bias) = (x, weights, bias)
    (self.activation, self.mask, self.output, self.sweep) = (activation, mask, output, sweep)
  }

  /// With fewer, moving weights through memory takes longer than multiplying by them.
  @usableFromInline static var fewRows: Int { 64 }

  /// How threads share the products: rows, or columns where few rows would fall to each, for then
  /// each would read all the weights.
  @inlinable func shares(threads: Int) -> (forward: Pass, backward: [Pass]) {
    let rows = x.rows
    guard case .dense(let input) = x, threads > 1, rows < Self.fewRows * threads else {
      let adjoint = Pass.eachRow(rows) {
        passActivation($0)
        carryToInput(rows: $0, columns: 0..<weights.rows)
      }
      return (.eachRow(rows) { forward(rows: $0, columns: 0..<width) }, [adjoint])
    }
    var backward: [Pass] = []
    if activation != nil { backward.append(.eachRow(rows) { passActivation($0) }) }
    if input.differentiable {
      backward.append(.eachColumn(weights.rows) { carryToInput(rows: 0..<rows, columns: $0) })
    }
    return (.eachColumn(width) { forward(rows: 0..<rows, columns: $0) }, backward)
  }

  /// Computes a block of the output.
  @inlinable func forward(rows: Range<Int>, columns: Range<Int>) {
    precondition(x.rows == output.rows, "a replay keeps the batch size")
    let out = output.value + rows.lowerBound * width + columns.lowerBound
    Scalar.fillRows(
      out, with: bias.value + columns.lowerBound, rows: rows.count, columns: columns.count,
      stride: width)
    switch x {
    case .dense(let input):
      Scalar.multiply(
        input.value + rows.lowerBound * weights.rows, transposed: false,
        weights.value + columns.lowerBound, transposed: false, into: out, m: rows.count,
        n: columns.count, k: weights.rows, scale: 1, keep: 1,
        strides: RowStrides(b: width, c: width), lastFirst: sweep.goesBack)
    case .sparse(let input):
      // Whoever has the first row; the adjoint comes much later.
      if rows.lowerBound == 0, weights.differentiable, output.differentiable {
        input.transpose()
      }
      Scalar.multiply(input.rows, rows: rows, weights.value, columns: width, addingTo: out)
    }
    guard let activation else { return }
    // Whole rows lie one after another.
    let whole = columns.count == width
    for row in whole ? rows.prefix(1) : rows {
      let start = row * width + columns.lowerBound
      Scalar.activate(
        activation, output.value + start, mask: mask.map { $0.value + start },
        count: whole ? rows.count * width : columns.count)
    }
  }

  /// The gradient by y becomes that by x W + b, in its place.
  @inlinable func passActivation(_ rows: Range<Int>) {
    guard let activation, let gradient = output.gradient else { return }
    let start = rows.lowerBound * width
    Scalar.activateAdjoint(
      activation, output.value + start, mask: mask.map { $0.value + start }, gradient + start,
      count: rows.count * width)
  }

  /// Carries the gradient by x W + b to a block of x's.
  @inlinable func carryToInput(rows: Range<Int>, columns: Range<Int>) {
    guard case .dense(let input) = x, let upstream = output.gradient, let carried = input.gradient
    else { return }
    Scalar.multiply(
      upstream + rows.lowerBound * width, transposed: false,
      weights.value + columns.lowerBound * width, transposed: true,
      into: carried + rows.lowerBound * weights.rows + columns.lowerBound, m: rows.count,
      n: columns.count, k: width, scale: 1, keep: 1, strides: RowStrides(c: weights.rows))
  }

  @inlinable func biasGradient(
    columns: Range<Int>, keep: Scalar, into gradient: UnsafeMutablePointer<Scalar>
  ) {
    guard let upstream = output.gradient else { return }
    if keep == 0 { Scalar.clear(gradient, columns.count) }
    Scalar.addColumnSums(
      upstream + columns.lowerBound, rows: output.rows, columns: columns.count, stride: width,
      to: gradient)
  }
}
