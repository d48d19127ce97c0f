import Autograd
import SeededRandom

/// How far a feature row lies from the training rows of its modality: what lets sigma rise for a
/// kind of damage no training pair has shown.
///
/// The training rows are described by a Gaussian of low rank (probabilistic PCA, Tipping & Bishop
/// 1999): variances λ_i along r principal directions u_i, and one variance λ_0 for everything
/// beside them. d² = [ Σ_i (u_iᵀx)²/λ_i + (|x|² − Σ_i (u_iᵀx)²)/λ_0 ] / F, about 1 for a training
/// row. Novelty is ½ ln(d²/q) where that is positive and else 0, with q the 95th percentile of d²
/// over the training rows: 0 for ordinary rows, the logarithm of the distance for far ones.
struct NoveltyReference<Scalar: Real> {
  /// [F, r], orthonormal columns.
  let basis: Variable<Scalar>
  /// [1, r + 2]: 1/λ_i …, then 1/λ_0, then q. All zero before they are learned.
  let scale: Variable<Scalar>
  /// [1, D]: how much ln sigma² rises with novelty, a parameter.
  let gain: Variable<Scalar>

  init(features: Int, rank: Int, dimensions: Int) {
    basis = Variable(rows: features, columns: rank, differentiable: false)
    scale = Variable(rows: 1, columns: rank + 2, differentiable: false)
    gain = Variable(rows: 1, columns: dimensions, differentiable: true)
    for d in 0..<dimensions { gain.value[d] = 1 }
  }

  var rank: Int { basis.columns }
  var limit: Scalar { scale.value[rank + 1] }

  /// d² of each row of x [B, F].
  ///
  /// - Parameter coordinates: scratch, [B, r].
  func squaredDistances(
    _ x: Variable<Scalar>, coordinates: Variable<Scalar>, into distances: Variable<Scalar>
  ) {
    let features = x.columns
    Scalar.multiply(
      x.value, transposed: false, basis.value, transposed: false, into: coordinates.value,
      m: x.rows, n: rank, k: features, scale: 1, keep: 0)
    for row in 0..<x.rows {
      var inside: Scalar = 0
      var along: Scalar = 0
      for i in 0..<rank {
        let square = coordinates.value[row * rank + i] * coordinates.value[row * rank + i]
        inside += square
        along += square * scale.value[i]
      }
      let length = Scalar(Scalar.sumOfSquares(x.value + row * features, count: features))
      distances.value[row] =
        (along + max(0, length - inside) * scale.value[rank]) / Scalar(features)
    }
  }

  /// Learns directions, variances and q from training rows [N, F].
  func learn(_ rows: Variable<Scalar>, seed: UInt64) {
    let features = rows.columns
    guard rows.rows > rank, rank > 0 else { return }
    var generator = SeededGenerator(seed: seed, stream: stableHash("novelty"))
    for i in 0..<basis.count { basis.value[i] = Scalar(generator.normal()) }
    orthonormalise(basis)
    let coordinates = Variable<Scalar>(rows: rows.rows, columns: rank, differentiable: false)
    // Subspace iteration: the span turns towards the leading principal directions.
    for _ in 0..<12 {
      Scalar.multiply(
        rows.value, transposed: false, basis.value, transposed: false, into: coordinates.value,
        m: rows.rows, n: rank, k: features, scale: 1, keep: 0)
      Scalar.multiply(
        rows.value, transposed: true, coordinates.value, transposed: false, into: basis.value,
        m: features, n: rank, k: rows.rows, scale: 1, keep: 0)
      orthonormalise(basis)
    }
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
    let distances = Variable<Scalar>(rows: rows.rows, columns: 1, differentiable: false)
    squaredDistances(rows, coordinates: coordinates, into: distances)
    let sorted = (0..<rows.rows).map { distances.value[$0] }.sorted()
    scale.value[rank + 1] = sorted[sorted.count * 95 / 100]
  }
}

/// Gram–Schmidt on the columns, twice for the digits.
private func orthonormalise<Scalar: Real>(_ basis: Variable<Scalar>) {
  let (n, r) = (basis.rows, basis.columns)
  for i in 0..<r {
    for _ in 0..<2 {
      for j in 0..<i {
        var product: Scalar = 0
        for k in 0..<n { product += basis.value[k * r + i] * basis.value[k * r + j] }
        for k in 0..<n { basis.value[k * r + i] -= product * basis.value[k * r + j] }
      }
    }
    var square: Scalar = 0
    for k in 0..<n { square += basis.value[k * r + i] * basis.value[k * r + i] }
    let length = max(square.squareRoot(), .leastNormalMagnitude)
    for k in 0..<n { basis.value[k * r + i] /= length }
  }
}

extension Tape {
  /// logvar + novelty(x) · gain, with x [B, F] a leaf.
  func addNovelty(
    _ logvar: Variable<Scalar>, of x: Variable<Scalar>, reference: NoveltyReference<Scalar>
  ) -> Variable<Scalar> {
    let output = result(rows: logvar.rows, columns: logvar.columns)
    let coordinates = Variable<Scalar>(
      rows: x.rows, columns: reference.rank, differentiable: false)
    let novelty = Variable<Scalar>(rows: x.rows, columns: 1, differentiable: false)
    let columns = logvar.columns
    return record(output) {
      output.value.update(from: logvar.value, count: logvar.count)
      let limit = reference.limit
      guard limit > 0 else { return }
      reference.squaredDistances(x, coordinates: coordinates, into: novelty)
      for row in 0..<x.rows {
        let ratio = novelty.value[row] / limit
        novelty.value[row] = ratio > 1 ? 0.5 * Scalar.log(ratio) : 0
        Scalar.add(
          novelty.value[row], reference.gain.value, to: output.value + row * columns,
          count: columns)
      }
    } backward: {
      guard let upstream = output.gradient else { return }
      if let gradient = logvar.gradient {
        Scalar.add(1, upstream, to: gradient, count: logvar.count)
      }
      if let gradient = reference.gain.gradient {
        for row in 0..<x.rows {
          Scalar.add(
            novelty.value[row], upstream + row * columns, to: gradient, count: columns)
        }
      }
    }
  }
}
