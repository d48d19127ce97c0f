import Autograd

/// The scores of one sample's modalities before and now, and the paths between.
struct ScoreChanges<Scalar: Real> {
  struct Modality {
    let isThere: (before: Bool, now: Bool)
    /// One a column of alpha.
    let scores: (before: [Double], now: [Double])
    /// nil for a modality that is missing now.
    let path: ScorePath<Scalar>?
    let features: [(column: Int, value: Double)]
    /// Changes of ln of the factors on sigma.
    let novelty: Double
    let consensus: Double
  }

  let modalities: [Modality]
  /// Columns of alpha.
  let columns: Int

  init(_ model: EAUModel<Scalar>, before: [FeatureTable], now: [FeatureTable]) {
    let heads = model.branches.map { ScoreHead($0, model.architecture) }
    let rows = (before: before.map(StoredRow.init), now: now.map(StoredRow.init))
    let z = (
      before: zip(heads, rows.before).map { $0.input($1) },
      now: zip(heads, rows.now).map { $0.input($1) }
    )
    let factors = (
      before: SigmaFactors(model, heads, before, z: z.before),
      now: SigmaFactors(model, heads, now, z: z.now)
    )
    columns = heads.first?.columns ?? 0
    modalities = heads.indices.map { m in
      let isThere = (before[m].present[0], now[m].present[0])
      // One that is missing now stays where it was.
      let end =
        isThere.1 ? (z.now[m], factors.now.total(m)) : (z.before[m], factors.before.total(m))
      let path = ScorePath(
        heads[m], z: (z.before[m], end.0), factor: (factors.before.total(m), end.1))
      return Modality(
        isThere: isThere, scores: (path.quantities(at: 0), path.quantities(at: 1)),
        path: isThere.1 ? path : nil, features: rows.now[m].minus(rows.before[m]),
        novelty: factors.now.novelty[m] - factors.before.novelty[m],
        consensus: factors.now.consensus[m] - factors.before.consensus[m])
    }
  }
}
