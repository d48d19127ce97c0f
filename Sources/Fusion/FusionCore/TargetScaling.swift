import ModalityKit

/// Takes a regression's targets to mean 0 and deviation 1, as the training rows have them.
public struct TargetScaling: Sendable, Hashable, Codable {
  /// In the target's own unit.
  public let mean: Double
  /// Population standard deviation, in the target's own unit; positive.
  public let deviation: Double

  public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// - Returns: nil when the values do not differ, or there are none.
  init?(fitting values: [Double]) {
    // Asked of the values themselves: the variance of equal ones is not always rounded to zero.
    guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    guard variance > 0, variance.isFinite else { return nil }
    self.init(mean: mean, deviation: variance.squareRoot())
  }

  public func standardised(_ values: [Double]) -> [Double] {
    values.map { ($0 - mean) / deviation }
  }

  /// Back to the target's own unit.
  func restored(_ standardised: Double) -> Double { mean + deviation * standardised }
}

extension EncodedDataset {
  /// The numbers to be predicted; 0 for a sample that has none.
  public func values(_ indices: [Int]) -> [Double] {
    indices.map { dataset.samples.values?[$0] ?? 0 }
  }

  /// Fitted on the training rows alone; nil for classification.
  ///
  /// - Throws: `constant-target` when the training rows have one value only.
  func targetScaling() throws -> TargetScaling? {
    guard let target = dataset.target else { return nil }
    guard let scaling = TargetScaling(fitting: values(indices(of: .train))) else {
      throw FusionError.constantTarget(target)
    }
    return scaling
  }
}

extension Dataset.Task {
  /// Columns of a model's output.
  var outputs: Int {
    switch self {
    case .classification(let classes): classes.count
    case .regression: 1
    }
  }

  var modelTask: ModelTask {
    switch self {
    case .classification: .classification
    case .regression: .regression
    }
  }
}
