/// The gradient of a layer's weights, Xᵀ G [in, out] with X [B, in] and G [B, out] the gradient by
/// x W + b.
@usableFromInline struct WeightGradient<Scalar: Real> {
  @usableFromInline let x: LayerInput<Scalar>
  @usableFromInline let inputs: Int
  @usableFromInline let output: Variable<Scalar>
  /// X Xᵀ and G Gᵀ, where the batch is small.
  @usableFromInline let products: (x: Variable<Scalar>, g: Variable<Scalar>)?
  @usableFromInline var width: Int { output.columns }

  @inlinable init(_ layer: Layer<Scalar>) {
    (x, inputs, output) = (layer.x, layer.weights.rows, layer.output)
    let batch = output.rows
    func square() -> Variable<Scalar> {
      Variable(rows: batch, columns: batch, differentiable: false)
    }
    products =
      batch <= Layer<Scalar>.fewRows && output.differentiable ? (square(), square()) : nil
  }

  /// gradient = keep · gradient + the given rows of Xᵀ G.
  @inlinable func write(
    rows: Range<Int>, keep: Scalar, into gradient: UnsafeMutablePointer<Scalar>
  ) {
    guard let upstream = output.gradient else { return }
    switch x {
    case .dense(let input):
      Scalar.multiply(
        input.value + rows.lowerBound, transposed: true, upstream, transposed: false,
        into: gradient, m: rows.count, n: width, k: output.rows, scale: 1, keep: keep,
        strides: RowStrides(a: inputs))
    case .sparse(let input):
      if keep == 0 { Scalar.clear(gradient, rows.count * width) }
      Scalar.multiply(
        input.transposed, rows: rows, upstream, columns: width, addingTo: gradient)
    }
  }

  /// |Xᵀ G|² = Σ (X Xᵀ) ⊙ (G Gᵀ), the trace of Gᵀ X Xᵀ G: of the size B² where
  /// Xᵀ G has in · out elements.

  @inlinable var squaredNorm: (() -> Double)? {
    guard let products else { return nil }
    let batch = output.rows
    return {
      guard let upstream = output.gradient else { return 0 }
      switch x {
      case .dense(let input):
        Scalar.multiply(
          input.value, transposed: false, input.value, transposed: true, into: products.x.value,
          m: batch, n: batch, k: inputs, scale: 1, keep: 0)
      case .sparse(let input): input.transposed.columnProducts(into: products.x.value)
      }
      Scalar.multiply(
        upstream, transposed: false, upstream, transposed: true, into: products.g.value, m: batch,
        n: batch, k: width, scale: 1, keep: 0)
      return Double(
        Scalar.sumOfProducts(products.x.value, products.g.value, count: batch * batch))
    }
  }
}
