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
  /// [N, C], rows sum to 1.
  public let probabilities: Matrix<Float>

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
public final class Inference {
  private let model: EAUModel<Float>
  private var passes: [Pass] = []
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
      pass.tape.replay()
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
    let pass = Pass(model, rows: passes, dropout: true)
    pass.write(tables.map { $0.gathering(Array(repeating: 0, count: passes)) }, from: 0)
    var generator = SeededGenerator(seed: seed, stream: stableHash("dropout"))
    for mask in pass.masks ?? [] { fillDropoutMask(mask, rate: rate, &generator) }
    pass.tape.replay()
    return pass.read().probabilities
  }

  private func pass(rows: Int) -> Pass {
    if let found = passes.first(where: { $0.inputs.rows == rows }) { return found }
    let pass = Pass(model, rows: rows, dropout: false)
    passes.append(pass)
    return pass
  }
}

/// The forward graph of one batch size.
private final class Pass {
  let tape = Tape<Float>(differentiates: false)
  let inputs: ModelInputs<Float>
  let masks: [Variable<Float>]?
  private let gaussians: [Gaussian<Float>]
  private let fusion: FusedBatch<Float>
  private let compressed: BottleneckBatch<Float>

  init(_ model: EAUModel<Float>, rows: Int, dropout: Bool) {
    let architecture = model.architecture
    inputs = ModelInputs(architecture.inputs, rows: rows)
    masks =
      dropout
      ? architecture.inputs.map { _ in
        Variable(rows: rows, columns: architecture.hidden, differentiable: false)
      } : nil
    gaussians = model.recordGaussians(inputs, hiddenMasks: masks, on: tape)
    fusion = model.recordFusion(gaussians, presence: inputs.presence, on: tape)
    compressed = model.recordBottleneck(fusion.fused, on: tape)
  }

  func write(_ tables: [FeatureTable], from start: Int) {
    inputs.begin()
    for (m, table) in tables.enumerated() {
      for row in 0..<inputs.rows {
        inputs.write(table, row: start + row, modality: m, as: row)
      }
    }
  }

  func read() -> PredictionPart {
    var probabilities = compressed.logits.matrix
    let classes = probabilities.columns
    for row in 0..<probabilities.rows {
      var shares = [Float](repeating: 0, count: classes)
      Array(probabilities.row(row)).withUnsafeBufferPointer { logits in
        shares.withUnsafeMutableBufferPointer { target in
          if let from = logits.baseAddress, let to = target.baseAddress {
            softmax(from, into: to, count: classes)
          }
        }
      }
      for c in 0..<classes { probabilities[row, c] = shares[c] }
    }
    return PredictionPart(
      mu: gaussians.map(\.mu.matrix), sigma: gaussians.map(\.sigma.matrix),
      alpha: fusion.alpha.map(\.matrix), probabilities: probabilities)
  }
}

private struct PredictionPart {
  let mu: [Matrix<Float>]
  let sigma: [Matrix<Float>]
  let alpha: [Matrix<Float>]
  let probabilities: Matrix<Float>

  static func joined(
    _ parts: [PredictionPart], modalities: Int, present: [[Bool]], _ architecture: Architecture
  ) -> Prediction {
    func stack(_ matrices: [Matrix<Float>]) -> Matrix<Float> {
      let columns = matrices.first?.columns ?? 0
      return Matrix(
        rows: matrices.reduce(0) { $0 + $1.rows }, columns: columns,
        values: matrices.flatMap(\.values))
    }
    func stackEach(_ field: (PredictionPart) -> [Matrix<Float>]) -> [Matrix<Float>] {
      (0..<modalities).map { m in stack(parts.map { field($0)[m] }) }
    }
    return Prediction(
      mu: stackEach(\.mu), sigma: stackEach(\.sigma), alpha: stackEach(\.alpha),
      present: present, probabilities: stack(parts.map(\.probabilities)))
  }
}
