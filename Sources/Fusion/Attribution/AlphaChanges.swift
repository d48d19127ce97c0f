import Autograd

/// From scores to weights: what leaving modalities and moving scores did to every alpha.
struct AlphaChanges {
  let modalities: [WeightAttribution.Modality]

  private typealias Effect = WeightAttribution.Effect
  private typealias Part = WeightAttribution.Part
  private typealias Change = WeightAttribution.Change

  init<Scalar: Real>(_ changes: ScoreChanges<Scalar>) {
    let all = changes.modalities
    let count = all.count
    let stayed = all.indices.filter { all[$0].isThere.now }
    let left = all.indices.filter { all[$0].isThere.before && !all[$0].isThere.now }
    let share = 1 / Double(max(1, changes.columns))
    var before = [Double](repeating: 0, count: count)
    var (now, logBefore, logNow) = (before, before, before)
    var effects = all.indices.map { m in
      all.indices.map { _ in Effect(alpha: 0, logAlpha: all[m].isThere.now ? 0 : nil) }
    }
    /// By modality: the weights of its columns with which its score's parts count.
    var weights = all.map { _ in (logAlpha: [Double](), alpha: [Double]()) }
    for column in 0..<changes.columns {
      let old = all.map { $0.scores.before[column] }
      let first = SoftmaxPath.softmax((stayed + left).map { old[$0] })
      for (m, alpha) in zip(stayed + left, first) { before[m] += share * alpha }
      let path = SoftmaxPath(
        from: stayed.map { old[$0] }, to: stayed.map { all[$0].scores.now[column] })
      let (middle, last) = (SoftmaxPath.softmax(path.start), path.quantities(at: 1))
      // Taking out all that left at once: their shares of what they held.
      let held = left.indices.reduce(0) { $0 + first[stayed.count + $1] }
      let total = SoftmaxPath.logSum(path.start)
      let loss = left.isEmpty ? 0 : SoftmaxPath.logSum((stayed + left).map { old[$0] }) - total
      for (place, k) in left.enumerated() {
        let part = held > 0 ? first[stayed.count + place] / held : 0
        effects[k][k].alpha -= share * first[stayed.count + place]
        for (i, m) in stayed.enumerated() {
          effects[m][k].alpha += share * part * (middle[i] - first[i])
          effects[m][k].logAlpha? += share * part * loss
        }
      }
      for (i, m) in stayed.enumerated() {
        now[m] += share * last[i]
        logBefore[m] += share * (old[m] - total - loss)
        logNow[m] += share * (all[m].scores.now[column] - last[stayed.count])
        for (j, k) in stayed.enumerated() {
          effects[m][k].alpha += share * path.change[j] * path.slope(of: i, by: j)
          effects[m][k].logAlpha? += share * path.change[j] * path.logSlope(of: i, by: j)
        }
        weights[m].logAlpha.append(share * path.logSlope(of: i, by: i))
        weights[m].alpha.append(share * path.slope(of: i, by: i))
      }
    }
    modalities = all.indices.map { m in
      let parts = Self.parts(
        all[m], columns: changes.columns, logAlpha: weights[m].logAlpha, alpha: weights[m].alpha)
      let mean = { (scores: [Double]) in scores.reduce(0, +) * share }
      return WeightAttribution.Modality(
        alpha: Change(before: before[m], now: now[m]),
        logAlpha: all[m].isThere.now ? Change(before: logBefore[m], now: logNow[m]) : nil,
        score: all[m].isThere.now
          ? Change(before: mean(all[m].scores.before), now: mean(all[m].scores.now)) : nil,
        effects: effects[m], features: parts.features, novelty: parts.novelty,
        consensus: parts.consensus)
    }
  }

  /// What a modality's features and factors did to its own score and weight.
  private static func parts<Scalar: Real>(
    _ modality: ScoreChanges<Scalar>.Modality, columns: Int, logAlpha: [Double], alpha: [Double]
  ) -> (features: [WeightAttribution.Feature], novelty: Part, consensus: Part) {
    guard let path = modality.path else { return ([], Part(), Part()) }
    let weights = [Array(repeating: 1 / Double(columns), count: columns), logAlpha, alpha]
    func part(_ values: [Double]) -> Part {
      Part(score: values[0], logAlpha: values[1], alpha: values[2])
    }
    func factor(_ change: Double) -> Part {
      part(
        weights.map { weights in
          change * zip(weights, path.factorGradients).reduce(0) { $0 + $1.0 * $1.1 }
        })
    }
    let gradients = weights.map { path.gradient(weights: $0) }
    let features = modality.features.map { column, change in
      WeightAttribution.Feature(
        column: column, change: change,
        part: part(gradients.map { change * path.head.gradient(byFeature: column, $0) }))
    }
    return (features, factor(modality.novelty), factor(modality.consensus))
  }
}
