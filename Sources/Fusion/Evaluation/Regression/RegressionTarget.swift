import Autograd
import ModalityKit

/// How a model's standardised number and variance become a value and its uncertainty in the
/// target's own unit.
public struct RegressionTarget: Sendable, Hashable, Codable {
  /// What the number is called.
  public let name: String
  public let scaling: TargetScaling
  public let calibration: VarianceCalibration

  public init(name: String, scaling: TargetScaling, calibration: VarianceCalibration) {
    self.name = name
    self.scaling = scaling
    self.calibration = calibration
  }

  /// How many thinned networks the epistemic part is taken from, and the seed of their dropout.
  public static let defaultPasses = 64
  public static let defaultSeed: UInt64 = 20_241

  /// Calibrates the variance on the validation rows; on the training rows, whose errors are too
  /// small, when there is no validation row.
  init(
    calibrating model: EAUModel<Float>, on data: EncodedDataset, scaling: TargetScaling,
    dropout: Double
  ) throws {
    let validation = data.indices(of: .validation)
    let rows = validation.isEmpty ? data.indices(of: .train) : validation
    let predictions = NumberPredictions(
      model, try data.tables(rows), dropout: dropout, passes: Self.defaultPasses,
      seed: Self.defaultSeed)
    let targets = scaling.standardised(data.values(rows))
    let errors = zip(predictions.means, targets).map { $0 - $1 }
    self.init(
      name: data.dataset.target ?? "value", scaling: scaling,
      calibration: VarianceCalibration(
        variances: predictions.noise, epistemic: predictions.epistemic, errors: errors))
  }

  /// Whether the numbers can be calculated with: a file is not to be trusted.
  var isSound: Bool {
    [scaling.mean, scaling.deviation, calibration.slope, calibration.offset]
      .allSatisfy { $0.isFinite } && scaling.deviation > 0 && calibration.slope >= 0
      && calibration.offset >= 0
  }

  /// A predicted number as people want it, in the target's own unit.
  public struct Value: Sendable, Equatable {
    /// From the deterministic pass.
    public let value: Double
    /// Variance of the noise in the input, calibrated; in the unit squared.
    public let aleatoric: Double
    /// Variance of the model's doubt; in the unit squared.
    public let epistemic: Double

    public init(value: Double, aleatoric: Double, epistemic: Double) {
      self.value = value
      self.aleatoric = aleatoric
      self.epistemic = epistemic
    }

    /// Standard deviation of the whole.
    public var deviation: Double { (aleatoric + epistemic).squareRoot() }

    /// The central interval that should hold the true value in `share` of cases, 0 ≤ share < 1.
    public func interval(_ share: Double) -> (low: Double, high: Double) {
      let half = VarianceCalibration.halfWidth(share) * deviation
      return (value - half, value + half)
    }
  }

  /// The values of every row of the tables.
  public func values(
    _ model: EAUModel<Float>, _ tables: [FeatureTable], dropout: Double,
    passes: Int = defaultPasses, seed: UInt64 = defaultSeed
  ) -> [Value] {
    let predictions = NumberPredictions(
      model, tables, dropout: dropout, passes: passes, seed: seed)
    let unit = scaling.deviation * scaling.deviation
    return predictions.means.indices.map { row in
      Value(
        value: scaling.restored(predictions.means[row]),
        aleatoric: unit * calibration.noise(predictions.noise[row]),
        epistemic: unit * predictions.epistemic[row])
    }
  }
}

/// A model's numbers and the two parts of their variance, standardised and not yet calibrated.
private struct NumberPredictions {
  /// Of the deterministic pass.
  let means: [Double]
  /// Mean over the passes of the closed-form variance.
  let noise: [Double]
  let epistemic: [Double]

  init(
    _ model: EAUModel<Float>, _ tables: [FeatureTable], dropout: Double, passes: Int, seed: UInt64
  ) {
    let inference = Inference(model)
    var means: [Double] = []
    forEachPart(of: tables) { _, part in means += inference.predict(part).numbers }
    self.means = means
    // Without dropout all passes are alike.
    let (values, variances) = inference.stochasticNumbers(
      tables, passes: dropout > 0 ? passes : 1, rate: dropout, seed: seed)
    let parts = VarianceDecomposition(means: values, variances: variances)
    noise = parts.aleatoric
    epistemic = parts.epistemic
  }
}
