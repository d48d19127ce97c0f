import Autograd

/// From feature rows to Gaussians, weights and the fused representation, for one batch size.
///
/// Recorded once, without adjoints; a run asks for no memory.
public final class FusionPass {
  public let inputs: ModelInputs<Float>
  public let gaussians: [Gaussian<Float>]
  public let fusion: FusedBatch<Float>
  let masks: [Variable<Float>]?
  /// One a modality.
  private let encoders: [Tape<Float>]
  /// What comes after them.
  fileprivate let tape = Tape<Float>(differentiates: false)
  private var goesBack = false

  /// - Parameter dropout: whether hidden units are dropped by masks, to be filled before a run.
  public init(_ model: EAUModel<Float>, rows: Int, dropout: Bool = false) {
    let architecture = model.architecture
    inputs = ModelInputs(architecture.inputs, rows: rows)
    masks =
      dropout
      ? architecture.inputs.map { _ in
        Variable(rows: rows, columns: architecture.hidden, differentiable: false)
      } : nil
    encoders = architecture.inputs.map { _ in Tape(differentiates: false) }
    var gaussians: [Gaussian<Float>] = []
    for (m, encoder) in encoders.enumerated() {
      gaussians.append(
        model.recordGaussian(m, inputs, hiddenMask: masks?[m], on: encoder))
    }
    self.gaussians = model.recordDoubt(gaussians, of: inputs, on: tape)
    fusion = model.recordFusion(self.gaussians, presence: inputs.presence, on: tape)
  }

  /// Computes everything from the inputs as they are, the modalities in turn from the first to the
  /// last and back: of their weights, those used last are still in a near cache.
  public func run() {
    goesBack.toggle()
    for m in encoders.indices { encoders[goesBack ? encoders.count - 1 - m : m].replay() }
    tape.replay()
  }
}

/// A fusion pass with what follows it: the bottleneck and the classifier.
final class InferencePass {
  private let pass: FusionPass
  private let compressed: BottleneckBatch<Float>
  /// nil for classification.
  private let variance: PredictiveVariance<Float>?

  var inputs: ModelInputs<Float> { pass.inputs }
  var masks: [Variable<Float>]? { pass.masks }
  private var gaussians: [Gaussian<Float>] { pass.gaussians }
  private var fusion: FusedBatch<Float> { pass.fusion }

  init(_ model: EAUModel<Float>, rows: Int, dropout: Bool) {
    variance =
      model.architecture.task == .regression ? PredictiveVariance(model.bottleneck) : nil
    pass = FusionPass(model, rows: rows, dropout: dropout)
    compressed = model.recordBottleneck(pass.fusion.fused, on: pass.tape)
  }

  func run() { pass.run() }

  func write(_ tables: [FeatureTable], from start: Int) {
    inputs.begin()
    for (m, table) in tables.enumerated() {
      for row in 0..<inputs.rows {
        inputs.write(table, row: start + row, modality: m, as: row)
      }
    }
  }

  func read() -> PredictionPart {
    if let variance {
      return part(
        probabilities: Matrix(rows: inputs.rows, columns: 0),
        numbers: compressed.logits.matrix.values.map(Double.init),
        variances: variance.variances(gaussians, fusion.alpha, compressed.latent))
    }
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
    return part(probabilities: probabilities)
  }

  private func part(
    probabilities: Matrix<Float>, numbers: [Double] = [], variances: [Double] = []
  ) -> PredictionPart {
    PredictionPart(
      mu: gaussians.map(\.mu.matrix), sigma: gaussians.map(\.sigma.matrix),
      alpha: fusion.alpha.map(\.matrix), probabilities: probabilities, numbers: numbers,
      variances: variances)
  }
}

/// What one pass says.
struct PredictionPart {
  let mu: [Matrix<Float>]
  let sigma: [Matrix<Float>]
  let alpha: [Matrix<Float>]
  let probabilities: Matrix<Float>
  let numbers: [Double]
  let variances: [Double]

  static func joined(
    _ parts: [PredictionPart], modalities: Int, present: [[Bool]], _ architecture: Architecture
  ) -> Prediction {
    func stack(_ matrices: [Matrix<Float>]) -> Matrix<Float> {
      if let only = matrices.first, matrices.count == 1 { return only }
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
      present: present, probabilities: stack(parts.map(\.probabilities)),
      numbers: parts.flatMap(\.numbers), variances: parts.flatMap(\.variances))
  }
}
