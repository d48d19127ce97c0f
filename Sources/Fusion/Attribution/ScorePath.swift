import Autograd

/// What moves one modality's scores between two feature rows: integrated gradients (Sundararajan,
/// Taly & Yan 2017) along the straight path of the features and of ln f, the logarithm of what sigma
/// is multiplied by.
///
/// z is linear in the features, so the path of z is straight too, and the gradient by a feature is
/// the gradient by z times that feature's row of W: only K = ∫ (∂s/∂logvar_d) (∂h/∂z_h) dt, [H, D],
/// need be integrated, however many features there are.
struct ScorePath<Scalar: Real>: PathIntegrand {
  struct Node {
    /// ∂h/∂z, [H].
    let activation: [Double]
    /// ∂s_d/∂logvar_d, [D]; of the one score where the rule has one.
    let byLogvar: [Double]
    /// ∂s/∂ln f, one a score.
    let byFactor: [Double]
    /// ds/dt, one a score.
    let derivatives: [Double]
  }

  let head: ScoreHead<Scalar>
  private let start: [Double]
  private let change: [Double]
  private let factor: (start: Double, change: Double)
  /// K, row-major.
  private var gradients: [Double]
  /// ∫ ∂s/∂ln f dt, one a score.
  private(set) var factorGradients: [Double]

  /// - Parameters:
  ///   - z: at both ends.
  ///   - factor: ln f at both ends.
  init(
    _ head: ScoreHead<Scalar>, z: (before: [Double], now: [Double]),
    factor: (before: Double, now: Double)
  ) {
    self.head = head
    start = z.before
    change = zip(z.now, z.before).map(-)
    self.factor = (factor.before, factor.now - factor.before)
    gradients = Array(repeating: 0, count: head.hidden * head.latent)
    factorGradients = Array(repeating: 0, count: head.columns)
    guard change.contains(where: { $0 != 0 }) || self.factor.change != 0 else { return }
    integrate(kinks: head.kinks(from: start, by: change))
  }

  /// The scores, one a column of alpha.
  func quantities(at t: Double) -> [Double] {
    let sigma = sigmas(at: t)
    guard head.columns == head.latent else {
      return [head.score(sigma.reduce(0, +) / Double(head.latent)).value]
    }
    return sigma.map { head.score($0).value }
  }

  private func inputs(at t: Double) -> [Double] { zip(start, change).map { $0 + t * $1 } }

  private func sigmas(at t: Double) -> [Double] {
    let factor = Double.exp(factor.start + t * factor.change)
    return head.logvar(inputs(at: t).map { head.activation($0).value })
      .map { factor * head.sigma($0).value }
  }

  func node(at t: Double) -> Node {
    let hidden = inputs(at: t).map(head.activation)
    let raise = Double.exp(factor.start + t * factor.change)
    let sigmas = head.logvar(hidden.map(\.value)).map(head.sigma)
    let slopes = zip(hidden, change).map { $0.slope * $1 }
    let moves = head.logvar(slopes, biased: false)
    let byLogvar: [Double]
    let byFactor: [Double]
    if head.columns == head.latent {
      byFactor = sigmas.map { head.score(raise * $0.value).slope }
      byLogvar = zip(sigmas, byFactor).map { $0.follows ? 0.5 * $1 : 0 }
    } else {
      let total = sigmas.reduce(0) { $0 + $1.value }
      byFactor = [head.score(raise * total / Double(head.latent)).slope]
      byLogvar = sigmas.map { $0.follows ? 0.5 * byFactor[0] * $0.value / total : 0 }
    }
    var derivatives = byFactor.map { $0 * factor.change }
    for d in byLogvar.indices {
      derivatives[head.columns == head.latent ? d : 0] += byLogvar[d] * moves[d]
    }
    return Node(
      activation: hidden.map(\.slope), byLogvar: byLogvar, byFactor: byFactor,
      derivatives: derivatives)
  }

  func derivatives(_ node: Node) -> [Double] { node.derivatives }

  mutating func add(_ node: Node, weight: Double) {
    for (c, slope) in node.byFactor.enumerated() { factorGradients[c] += weight * slope }
    for (h, active) in node.activation.enumerated() where active != 0 {
      let row = h * head.latent
      for (d, slope) in node.byLogvar.enumerated() { gradients[row + d] += weight * active * slope }
    }
  }

  /// ∫ ∂(Σ_c weight_c s_c)/∂z dt, [H].
  func gradient(weights: [Double]) -> [Double] {
    (0..<head.hidden).map { h in
      (0..<head.latent).reduce(0) { sum, d in
        let place = h * head.latent + d
        return sum + head.weights[place] * gradients[place] * weights[weights.count == 1 ? 0 : d]
      }
    }
  }
}
