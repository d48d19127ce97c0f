import Autograd
import SeededRandom

/// How far a feature row lies from the training rows of its modality: what lets sigma rise for a
/// kind of damage no training pair has shown.
///
/// The training rows are described by a Gaussian of low rank (probabilistic PCA, Tipping & Bishop
/// 1999): variances λ_i along r principal directions u_i, and one variance λ_0 for everything
/// beside them. d² = [ Σ_i (u_iᵀx)²/λ_i + (|x|² − Σ_i (u_iᵀx)²)/λ_0 ] / F, about 1 for a training
/// row. With q the 95th percentile of d² over training rows, each judged by a description learned
/// without it, and s̄ the mean sigma of training rows, sigma of a row of mean σ̄ is multiplied by
///
///     max(1, (d²/q)^¼ · min(1, s̄/σ̄))
///
/// 1 for ordinary rows, the root of the distance for far ones; what training taught sigma about the
/// row already is not counted twice. Learned from clean rows and applied where the model judges;
/// training does not see it.
struct NoveltyReference<Scalar: Real> {
  /// [F, r], orthonormal columns.
  let basis: Variable<Scalar>
  /// [1, r + 3]: 1/λ_i …, then 1/λ_0, q and s̄. All zero before they are learned.
  let scale: Variable<Scalar>

  init(basis: Variable<Scalar>, scale: Variable<Scalar>) {
    self.basis = basis
    self.scale = scale
  }

  init(features: Int, rank: Int) {
    basis = Variable(rows: features, columns: rank, differentiable: false)
    scale = Variable(rows: 1, columns: rank + 3, differentiable: false)
  }

  var rank: Int { basis.columns }
  /// q
  var limit: Scalar { scale.value[rank + 1] }
  /// s̄
  var ordinarySigma: Scalar { scale.value[rank + 2] }

  /// d² of each row of x [B, F].
  ///
  /// - Parameters:
  ///   - expanded: scratch, [B, F].
  ///   - coordinates: scratch, [B, r].
  func squaredDistances(
    _ x: Variable<Scalar>, expanded: Variable<Scalar>, coordinates: Variable<Scalar>,
    into distances: Variable<Scalar>
  ) {
    let features = x.columns
    for i in 0..<x.count { expanded.value[i] = FeatureScaling.expanded(x.value[i]) }
    Scalar.multiply(
      expanded.value, transposed: false, basis.value, transposed: false, into: coordinates.value,
      m: x.rows, n: rank, k: features, scale: 1, keep: 0)
    for row in 0..<x.rows {
      var inside: Scalar = 0
      var along: Scalar = 0
      for i in 0..<rank {
        let square = coordinates.value[row * rank + i] * coordinates.value[row * rank + i]
        inside += square
        along += square * scale.value[i]
      }
      let length = Scalar(Scalar.sumOfSquares(expanded.value + row * features, count: features))
      distances.value[row] =
        (along + max(0, length - inside) * scale.value[rank]) / Scalar(features)
    }
  }

  /// Parts the training rows are cut into for q.
  private static var parts: Int { 5 }

  /// Learns directions, variances and q from training rows [N, F], whose mean sigma is s̄.
  func learn(_ rows: Matrix<Scalar>, sigma: Scalar, seed: UInt64) {
    scale.value[rank + 2] = sigma
    describe(rows, seed: seed)
    guard isDescribed else { return }
    var distances: [Scalar] = []
    for part in 0..<Self.parts {
      let others = NoveltyReference(features: basis.rows, rank: rank)
      let inside = (0..<rows.rows).filter { $0 % Self.parts == part }
      others.describe(
        rows.gathering((0..<rows.rows).filter { $0 % Self.parts != part }), seed: seed)
      guard others.isDescribed else { continue }
      distances += others.squaredDistances(rows.gathering(inside))
    }
    distances.sort()
    guard !distances.isEmpty else { return }
    scale.value[rank + 1] = distances[distances.count * 95 / 100]
  }

  /// Subspace iteration: the span turns towards the leading principal directions. By way of XᵀX where
  /// that takes fewer operations than by X and Xᵀ in turn.
  private func turn(
    towardsDirectionsOf rows: Variable<Scalar>, _ coordinates: Variable<Scalar>
  ) {
    let (iterations, features) = (12, rows.columns)
    guard features * (rows.rows + iterations * rank) < 2 * iterations * rows.rows * rank else {
      for _ in 0..<iterations {
        Scalar.multiply(
          rows.value, transposed: false, basis.value, transposed: false, into: coordinates.value,
          m: rows.rows, n: rank, k: features, scale: 1, keep: 0)
        Scalar.multiply(
          rows.value, transposed: true, coordinates.value, transposed: false, into: basis.value,
          m: features, n: rank, k: rows.rows, scale: 1, keep: 0)
        orthonormalise(basis)
      }
      return
    }
    let products = Variable<Scalar>(rows: features, columns: features, differentiable: false)
    Scalar.multiply(
      rows.value, transposed: true, rows.value, transposed: false, into: products.value,
      m: features, n: features, k: rows.rows, scale: 1, keep: 0)
    let turned = Variable<Scalar>(rows: features, columns: rank, differentiable: false)
    for _ in 0..<iterations {
      Scalar.multiply(
        products.value, transposed: false, basis.value, transposed: false, into: turned.value,
        m: features, n: rank, k: features, scale: 1, keep: 0)
      basis.value.update(from: turned.value, count: basis.count)
      orthonormalise(basis)
    }
  }

  private var isDescribed: Bool { scale.value[rank] > 0 }

  private func squaredDistances(_ rows: Matrix<Scalar>) -> [Scalar] {
    let distances = Variable<Scalar>(rows: rows.rows, columns: 1, differentiable: false)
    squaredDistances(
      Variable(rows, differentiable: false),
      expanded: Variable(rows: rows.rows, columns: rows.columns, differentiable: false),
      coordinates: Variable(rows: rows.rows, columns: rank, differentiable: false), into: distances)
    return distances.matrix.values
  }

  /// Directions and variances of rows [N, F], as compressed: a wild training row shall not widen
  /// what is ordinary. Too few rows describe nothing.
  private func describe(_ matrix: Matrix<Scalar>, seed: UInt64) {
    let rows = Variable(matrix, differentiable: false)
    let features = rows.columns
    guard rows.rows > rank, rank > 0 else { return }
    var generator = SeededGenerator(seed: seed, stream: stableHash("novelty"))
    for i in 0..<basis.count { basis.value[i] = Scalar(generator.normal()) }
    orthonormalise(basis)
    let coordinates = Variable<Scalar>(rows: rows.rows, columns: rank, differentiable: false)
    turn(towardsDirectionsOf: rows, coordinates)
    Scalar.multiply(
      rows.value, transposed: false, basis.value, transposed: false, into: coordinates.value,
      m: rows.rows, n: rank, k: features, scale: 1, keep: 0)
    let count = Scalar(rows.rows)
    var inside: Scalar = 0
    for i in 0..<rank {
      var square: Scalar = 0
      for row in 0..<rows.rows {
        let value = coordinates.value[row * rank + i]
        square += value * value
      }
      inside += square
      scale.value[i] = count / max(square, Scalar.ulpOfOne * count)
    }
    let total = Scalar(Scalar.sumOfSquares(rows.value, count: rows.count))
    let beside = max(total - inside, Scalar.ulpOfOne * total)
    scale.value[rank] = count * Scalar(max(1, features - rank)) / max(beside, .leastNormalMagnitude)
  }
}

/// Gram–Schmidt on the columns, each freed of all before it at once, twice for the digits (CGS2).
private func orthonormalise<Scalar: Real>(_ basis: Variable<Scalar>) {
  let (n, r) = (basis.rows, basis.columns)
  let column = Variable<Scalar>(rows: n, columns: 1, differentiable: false)
  let shares = Variable<Scalar>(rows: r, columns: 1, differentiable: false)
  // Columns that are done, the others 0: then one product with all of them is the projection.
  let done = Variable<Scalar>(rows: n, columns: r, differentiable: false)
  for i in 0..<r {
    for k in 0..<n { column.value[k] = basis.value[k * r + i] }
    for _ in 0..<2 where i > 0 {
      Scalar.multiply(
        done.value, transposed: true, column.value, transposed: false, into: shares.value,
        m: r, n: 1, k: n, scale: 1, keep: 0)
      Scalar.multiply(
        done.value, transposed: false, shares.value, transposed: false, into: column.value,
        m: n, n: 1, k: r, scale: -1, keep: 1)
    }
    let square = Scalar(Scalar.sumOfSquares(column.value, count: n))
    let length = max(square.squareRoot(), .leastNormalMagnitude)
    for k in 0..<n { done.value[k * r + i] = column.value[k] / length }
  }
  basis.value.update(from: done.value, count: basis.count)
}

extension Tape {
  /// Raises sigma of rows far from the training rows, with x [B, F] a leaf. The factor is a constant.
  func novelty(
    _ gaussian: Gaussian<Scalar>, of x: Variable<Scalar>, reference: NoveltyReference<Scalar>
  ) -> Gaussian<Scalar> {
    let coordinates = Variable<Scalar>(
      rows: x.rows, columns: reference.rank, differentiable: false)
    let expanded = Variable<Scalar>(rows: x.rows, columns: x.columns, differentiable: false)
    let factors = Variable<Scalar>(rows: x.rows, columns: 1, differentiable: false)
    record(factors) {
      for row in 0..<x.rows { factors.value[row] = 1 }
      let limit = reference.limit
      guard limit > 0 else { return }
      let width = gaussian.sigma.columns
      reference.squaredDistances(
        x, expanded: expanded, coordinates: coordinates, into: factors)
      for row in 0..<x.rows {
        let excess = (factors.value[row] / limit).squareRoot().squareRoot()
        var sum: Scalar = 0
        for i in row * width..<(row + 1) * width { sum += gaussian.sigma.value[i] }
        factors.value[row] = max(
          1, excess * min(1, reference.ordinarySigma * Scalar(width) / sum))
      }
    } backward: {
    }
    return Gaussian(mu: gaussian.mu, sigma: scaledRows(gaussian.sigma, by: factors))
  }

  /// x with each row multiplied by its factor [B, 1], a constant.
  func scaledRows(_ x: Variable<Scalar>, by factors: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    return record(output) {
      for row in 0..<x.rows {
        for i in row * x.columns..<(row + 1) * x.columns {
          output.value[i] = factors.value[row] * x.value[i]
        }
      }
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for row in 0..<x.rows {
        Scalar.add(
          factors.value[row], upstream + row * x.columns, to: gradient + row * x.columns,
          count: x.columns)
      }
    }
  }
}
