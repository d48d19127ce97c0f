import Autograd
import ModalityKit

/// sigma of raw inputs from elsewhere beside sigma of a split's own samples.
public struct OutsideComparison: Sendable {
  public let modality: String
  /// Mean sigma of each of the split's samples that have the modality.
  public let inside: [Double]
  /// Mean sigma of each input from elsewhere.
  public let outside: [Double]

  public init(modality: String, inside: [Double], outside: [Double]) {
    self.modality = modality
    self.inside = inside
    self.outside = outside
  }

  /// The probability that an input from elsewhere has a larger sigma than a sample of the split.
  public var areaUnderROC: Double? {
    Fusion.areaUnderROC(
      inside + outside, inside.map { _ in false } + outside.map { _ in true })
  }

  /// Share of the split's samples with a smaller sigma.
  public func shareBelow(_ sigma: Double) -> Double {
    Double(inside.count { $0 < sigma }) / Double(max(1, inside.count))
  }

  /// Share of inputs from elsewhere whose sigma is above that of 95 % of the split's samples.
  public var shareAboveMost: Double {
    Double(outside.count { shareBelow($0) >= 0.95 }) / Double(max(1, outside.count))
  }
}

extension Evaluator {
  /// Encodes inputs from elsewhere and judges each by its modality alone.
  ///
  /// - Throws: `EncoderError` of an input that cannot be read.
  public func compare(
    outside inputs: [RawInput], modality: Int, split: Dataset.Split,
    monitor: WorkMonitor = .silent
  ) throws -> OutsideComparison {
    let pipeline = data.pipelines[modality]
    let rows = try parallelMap(
      count: inputs.count, "reading \(pipeline.name)", monitor: monitor
    ) { index -> FeatureRow? in
      try pipeline.row(try pipeline.encoder.decode(inputs[index]))
    }
    let own = FeatureTable(
      rows, features: pipeline.fitted.schema.count, sparse: pipeline.isSparse)
    let outside = data.pipelines.indices.map { m in
      m == modality
        ? own
        : FeatureTable(
          inputs.map { _ in nil }, features: data.pipelines[m].fitted.schema.count,
          sparse: data.pipelines[m].isSparse)
    }
    let inside = alone(modality, in: try data.tables(data.indices(of: split))).tables
    return OutsideComparison(
      modality: pipeline.name, inside: inference.predict(inside).meanSigma(modality),
      outside: inference.predict(outside).meanSigma(modality))
  }
}
