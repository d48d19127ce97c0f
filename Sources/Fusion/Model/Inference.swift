import Autograd
import SeededRandom

/// What a model says of a batch, deterministically (from mu_z).
public struct Prediction: Sendable {
  /// A matrix a modality, [N, D]. Rows of a missing modality are what its zero row gives: ask
  /// `present` first.
  public let mu: [Matrix<Float>]
  public let sigma: [Matrix<Float>]
  /// [N, D] or [N, 1] a modality; zero where missing.
  public let alpha: [Matrix<Float>]
  public let present: [[Bool]]
  /// [N, C], rows sum to 1; [N, 0] for regression.
  public let probabilities: Matrix<Float>
  /// N numbers and their closed-form variances, standardised; empty for classification.
  public let numbers: [Double]
  public let variances: [Double]

  /// Mean over D of each sample's alpha for a modality.
  public func meanAlpha(_ modality: Int) -> [Double] { Self.rowMeans(alpha[modality]) }
  /// Mean over D of each sample's sigma for a modality.
  public func meanSigma(_ modality: Int) -> [Double] { Self.rowMeans(sigma[modality]) }

  private static func rowMeans(_ matrix: Matrix<Float>) -> [Double] {
    (0..<matrix.rows).map { row in
      matrix.row(row).reduce(0.0) { $0 + Double($1) } / Double(max(1, matrix.columns))
    }
  }
}

/// Runs a model forward: a tape without gradients, recorded once a batch size and replayed.
///
/// A missing modality is left out of the fusion, whatever its row holds. A sample with every
/// modality missing has weights of 0 and the fused representation 0: its probabilities are finite
/// and the same for every such sample, what the bottleneck makes of knowing nothing. Training rows
/// without any modality pull them towards the classes' frequencies.
public final class Inference {
  private let model: EAUModel<Float>
  private var passes: [InferencePass] = []
  private static let chunk = 256

  public init(_ model: EAUModel<Float>) { self.model = model }

  /// - Parameter tables: one a modality, rows running parallel.
  public func predict(_ tables: [FeatureTable]) -> Prediction {
    let count = tables.first?.count ?? 0
    var parts: [PredictionPart] = []
    for start in Swift.stride(from: 0, to: count, by: Self.chunk) {
      let rows = min(Self.chunk, count - start)
      let pass = pass(rows: rows)
      pass.write(tables, from: start)
      pass.run()
      parts.append(pass.read())
    }
    return PredictionPart.joined(
      parts, modalities: tables.count, present: tables.map(\.present), model.architecture)
  }

  /// Class probabilities of `passes` stochastic passes over one sample (row 0 of the tables),
  /// hidden units dropped at `rate`: Monte-Carlo dropout (Gal & Ghahramani 2016). [passes, C]
  public func stochastic(
    _ tables: [FeatureTable], passes: Int, rate: Double, seed: UInt64
  ) -> Matrix<Float> {
    stochasticPasses(tables, passes: passes, rate: rate, seed: seed).probabilities
  }

  /// Everything that these passes say, a pass a row.
  public func stochasticPasses(
    _ tables: [FeatureTable], passes: Int, rate: Double, seed: UInt64
  ) -> Prediction {
    let repeated = tables.map { $0.gathering(Array(repeating: 0, count: passes)) }
    let pass = InferencePass(model, rows: passes, dropout: true)
    pass.write(repeated, from: 0)
    var generator = SeededGenerator(seed: seed, stream: stableHash("dropout"))
    for mask in pass.masks ?? [] { fillDropoutMask(mask, rate: rate, &generator) }
    pass.run()
    return PredictionPart.joined(
      [pass.read()], modalities: tables.count, present: repeated.map(\.present),
      model.architecture)
  }

  /// A regression model's number for every row of the tables in `passes` stochastic passes, each
  /// through the network thinned by one draw of dropped hidden units, the same for all rows: so
  /// what a row gets does not depend on which others are asked for.
  ///
  /// - Returns: [passes, N] each, in standardised units.
  public func stochasticNumbers(
    _ tables: [FeatureTable], passes: Int, rate: Double, seed: UInt64
  ) -> (means: Matrix<Float>, variances: Matrix<Float>) {
    let count = tables.first?.count ?? 0
    var means = Matrix<Float>(rows: passes, columns: count)
    var variances = means
    for start in Swift.stride(from: 0, to: count, by: Self.chunk) {
      let pass = InferencePass(model, rows: min(Self.chunk, count - start), dropout: true)
      pass.write(tables, from: start)
      for number in 0..<passes {
        var generator = SeededGenerator(
          seed: seed, stream: stableHash("thinning"), UInt64(number))
        for mask in pass.masks ?? [] { fillSharedMask(mask, rate: rate, &generator) }
        pass.run()
        let part = pass.read()
        for row in part.numbers.indices {
          means[number, start + row] = Float(part.numbers[row])
          variances[number, start + row] = Float(part.variances[row])
        }
      }
    }
    return (means, variances)
  }

  private func pass(rows: Int) -> InferencePass {
    if let found = passes.first(where: { $0.inputs.rows == rows }) { return found }
    let pass = InferencePass(model, rows: rows, dropout: false)
    passes.append(pass)
    return pass
  }
}

/// One row of a dropout mask, repeated.
private func fillSharedMask(
  _ mask: Variable<Float>, rate: Double, _ generator: inout SeededGenerator
) {
  let row = Variable<Float>(rows: 1, columns: mask.columns, differentiable: false)
  fillDropoutMask(row, rate: rate, &generator)
  for start in Swift.stride(from: 0, to: mask.count, by: max(1, mask.columns)) {
    (mask.value + start).update(from: row.value, count: mask.columns)
  }
}
