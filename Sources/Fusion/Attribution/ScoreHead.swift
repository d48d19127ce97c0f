import Autograd

/// One modality's way from features to scores in Double, read from the parameters that infer:
/// z = x W + b, h = activation(z), logvar = h V + c, sigma = f exp(½ clamp(logvar)), s = score(sigma),
/// with f what `NoveltyReference` and `ConsensusReference` multiply sigma by.
struct ScoreHead<Scalar: Real> {
  private let branch: ModalityBranch<Scalar>
  private let architecture: Architecture
  /// V [H, D] and c [D].
  let weights: [Double]
  private let bias: [Double]

  var hidden: Int { architecture.hidden }
  var latent: Int { architecture.latent }
  /// How many scores there are: D, or 1 where the rule has one weight a modality.
  var columns: Int { architecture.rule.columns(dimensions: latent) }

  init(_ branch: ModalityBranch<Scalar>, _ architecture: Architecture) {
    self.branch = branch
    self.architecture = architecture
    weights = branch.logvar.weights.doubles
    bias = branch.logvar.bias.doubles
  }

  /// z [H] of a row.
  func input(_ row: StoredRow) -> [Double] {
    var z = branch.extractor.bias.doubles
    for (column, value) in zip(row.columns, row.values) {
      let start = branch.extractor.weights.value + column * hidden
      for h in 0..<hidden { z[h] += value * Double(start[h]) }
    }
    return z
  }

  /// Σ_h W_jh gradient_h: what a gradient by z is by feature j.
  func gradient(byFeature j: Int, _ gradient: [Double]) -> Double {
    let start = branch.extractor.weights.value + j * hidden
    return gradient.indices.reduce(0) { $0 + Double(start[$1]) * gradient[$1] }
  }

  /// h and its derivative by z.
  func activation(_ z: Double) -> (value: Double, slope: Double) {
    switch architecture.activation {
    case .relu: return z > 0 ? (z, 1) : (0, 0)
    case .tanh:
      let value = Double.tanh(z)
      return (value, 1 - value * value)
    }
  }

  /// h V, with c where `biased`.
  func logvar(_ h: [Double], biased: Bool = true) -> [Double] {
    var result = biased ? bias : Array(repeating: 0, count: latent)
    for (i, value) in h.enumerated() where value != 0 {
      for d in 0..<latent { result[d] += value * weights[i * latent + d] }
    }
    return result
  }

  /// exp(½ clamp(logvar)) and whether it follows logvar there.
  func sigma(_ logvar: Double) -> (value: Double, follows: Bool) {
    let range = architecture.logvarRange
    return (
      Double.exp(0.5 * min(max(logvar, range.low), range.high)),
      logvar > range.low && logvar < range.high
    )
  }

  /// Where on a straight path of z the scores have kinks: where hidden units switch on or off and,
  /// between those, where logvar, linear there, meets its bounds. None are known for tanh.
  func kinks(from z: [Double], by change: [Double]) -> [Double] {
    guard architecture.activation == .relu else { return [] }
    let switches = zip(z, change).compactMap { $1 == 0 ? nil : -$0 / $1 }
      .filter { $0 > 0 && $0 < 1 }
    let edges = ([0, 1] + switches).sorted()
    func logvars(at t: Double) -> [Double] {
      logvar(zip(z, change).map { max(0, $0 + t * $1) })
    }
    var kinks = switches
    var first = logvars(at: 0)
    for (start, end) in zip(edges, edges.dropFirst()) {
      let last = logvars(at: end)
      for (a, b) in zip(first, last) {
        for bound in [architecture.logvarRange.low, architecture.logvarRange.high]
        where (a - bound) * (b - bound) < 0 {
          kinks.append(start + (end - start) * (bound - a) / (b - a))
        }
      }
      first = last
    }
    return kinks.sorted()
  }

  /// The rule's score of a sigma, or of its mean over D, and the score's derivative by ln sigma.
  func score(_ sigma: Double) -> (value: Double, slope: Double) {
    let (rule, sharpness) = (architecture.rule, architecture.sharpness)
    return (
      rule.score.value(at: sigma, sharpness: sharpness),
      sigma * rule.score.slope(at: sigma, sharpness: sharpness)
    )
  }

  /// mu and sigma of z, not yet raised, [1, D].
  func gaussian(_ z: [Double]) -> Gaussian<Double> {
    let h = z.map { activation($0).value }
    let sigma = logvar(h).map { self.sigma($0).value }
    var mu = branch.mu.bias.doubles
    for (i, value) in h.enumerated() {
      for d in 0..<latent { mu[d] += value * Double(branch.mu.weights.value[i * latent + d]) }
    }
    func row(_ values: [Double]) -> Variable<Double> {
      Variable(Matrix(rows: 1, columns: latent, values: values), differentiable: false)
    }
    return Gaussian(mu: row(mu), sigma: row(sigma))
  }

  /// How far off the training rows a dense row is; nil where nothing measures that.
  var novelty: NoveltyReference<Double>? { branch.novelty.map(NoveltyReference.init(copying:)) }
}

/// The entries of a feature row that are not 0, scaled as the network reads them.
struct StoredRow {
  let columns: [Int]
  let values: [Double]

  /// Row 0 of a table.
  init(_ table: FeatureTable) {
    switch table.storage {
    case .dense(let matrix):
      let row = Array(matrix.row(0))
      columns = row.indices.filter { row[$0] != 0 }
      values = columns.map { Double(row[$0]) }
    case .sparse(let rows):
      let range = rows.range(0)
      columns = rows.indices[range].map(Int.init)
      values = rows.values[range].map(Double.init)
    }
  }

  /// What must be added to `other` to make this row, where that is not 0; ascending columns.
  func minus(_ other: StoredRow) -> [(column: Int, value: Double)] {
    var changes: [(column: Int, value: Double)] = []
    var (i, j) = (0, 0)
    while i < columns.count || j < other.columns.count {
      let mine = i < columns.count ? columns[i] : Int.max
      let theirs = j < other.columns.count ? other.columns[j] : Int.max
      let column = min(mine, theirs)
      var change = 0.0
      if mine == column { (change, i) = (change + values[i], i + 1) }
      if theirs == column { (change, j) = (change - other.values[j], j + 1) }
      if change != 0 { changes.append((column, change)) }
    }
    return changes
  }
}

extension Variable {
  /// The values in Double.
  var doubles: [Double] { (0..<count).map { Double(value[$0]) } }

  /// The same values in Double, without a gradient.
  convenience init<Other: Real>(copying other: Variable<Other>) where Scalar == Double {
    self.init(
      Matrix(rows: other.rows, columns: other.columns, values: other.doubles),
      differentiable: false)
  }
}
