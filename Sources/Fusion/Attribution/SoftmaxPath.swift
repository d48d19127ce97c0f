import Autograd
import Foundation

/// Who moves a softmax: the change of alpha = softmax(s) along the straight path of the scores from
/// s to s + Δs, split among the scores (Aumann & Shapley 1974).
///
/// d ln alpha_m/dt = Δs_m − Σ_k alpha_k Δs_k and d alpha_m/dt = alpha_m (Δs_m − Σ_k alpha_k Δs_k), so
/// score k moves ln alpha_m by Δs_k (δ_mk − ∫alpha_k) and alpha_m by Δs_k (δ_mk ∫alpha_m − ∫alpha_m
/// alpha_k). Over k both add up to the whole change; over m the second adds up to nothing.
struct SoftmaxPath: PathIntegrand {
  struct Node {
    let alpha: [Double]
  }

  /// One a modality present.
  let start: [Double]
  let change: [Double]
  /// ∫alpha_k dt.
  private(set) var means: [Double]
  /// ∫alpha_m alpha_k dt, row-major.
  private(set) var products: [Double]

  init(from start: [Double], to end: [Double]) {
    self.start = start
    change = zip(end, start).map(-)
    means = Array(repeating: 0, count: start.count)
    products = Array(repeating: 0, count: start.count * start.count)
    integrate()
  }

  /// What score k does to ln alpha_m, a unit of Δs_k.
  func logSlope(of m: Int, by k: Int) -> Double { (m == k ? 1 : 0) - means[k] }

  /// What score k does to alpha_m, a unit of Δs_k.
  func slope(of m: Int, by k: Int) -> Double {
    (m == k ? means[m] : 0) - products[m * start.count + k]
  }

  static func softmax(_ scores: [Double]) -> [Double] {
    let greatest = scores.max() ?? 0
    let shares = scores.map { Double.exp($0 - greatest) }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// ln Σ e^s.
  static func logSum(_ scores: [Double]) -> Double {
    let greatest = scores.max() ?? 0
    return greatest + Double.log(scores.reduce(0) { $0 + Double.exp($1 - greatest) })
  }

  private func scores(at t: Double) -> [Double] { zip(start, change).map { $0 + t * $1 } }

  /// The alphas, and ln Σ e^s.
  func quantities(at t: Double) -> [Double] {
    let scores = scores(at: t)
    return Self.softmax(scores) + [Self.logSum(scores)]
  }

  func node(at t: Double) -> Node { Node(alpha: Self.softmax(scores(at: t))) }

  func derivatives(_ node: Node) -> [Double] {
    let mean = zip(node.alpha, change).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(node.alpha, change).map { $0 * ($1 - mean) } + [mean]
  }

  mutating func add(_ node: Node, weight: Double) {
    for (m, alpha) in node.alpha.enumerated() {
      means[m] += weight * alpha
      for (k, other) in node.alpha.enumerated() {
        products[m * start.count + k] += weight * alpha * other
      }
    }
  }
}
