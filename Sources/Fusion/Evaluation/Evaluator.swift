import Autograd
import ModalityKit

/// Judges a model on a split.
public struct Evaluator {
  public let data: EncodedDataset
  public let model: EAUModel<Float>
  /// How the model's number becomes the data set's; nil for classification.
  let regression: RegressionTarget?
  let inference: Inference

  public init(
    _ model: EAUModel<Float>, on data: EncodedDataset, regression: RegressionTarget? = nil
  ) {
    self.model = model
    self.data = data
    self.regression = regression
    inference = Inference(model)
  }

  /// One modality spoiled in every sample of the split.
  public struct CorruptionChoice: Sendable {
    public let modality: Int
    public let kind: String
    public let severity: Double

    public init(modality: Int, kind: String, severity: Double) {
      self.modality = modality
      self.kind = kind
      self.severity = severity
    }
  }

  public struct Evaluation: Sendable {
    public let metrics: ClassificationMetrics
    /// Accuracy with each modality alone, over the samples that have it.
    public let unimodal: [(name: String, accuracy: Double)]
    /// Of `BaselineSet.names`, where they were trained; else empty.
    public let baselines: [(name: String, accuracy: Double)]
    /// Pearson's correlation of each modality's sigma with the noise its samples were made with, for
    /// data that know it; else empty.
    public let noiseCorrelation: [(name: String, correlation: Double?)]
  }

  /// The base of the random streams that corrupt a split: the same in every run, so that
  /// evaluations of different models see the same damage.
  public static let corruptionSeed: UInt64 = 20_240

  public func evaluate(
    split: Dataset.Split, corruptions: [CorruptionChoice] = [], baselines: BaselineSet? = nil,
    monitor: WorkMonitor = .silent
  ) throws -> Evaluation {
    let indices = data.indices(of: split)
    let labels = data.labels(indices)
    let tables = try tables(indices, corruptions, monitor)
    let metrics = ClassificationMetrics(
      probabilities: try probabilities(tables, monitor), labels: labels)
    let unimodal = try tables.indices.map { m in
      (data.pipelines[m].name, try accuracy(of: m, alone: tables, labels, monitor))
    }
    return Evaluation(
      metrics: metrics, unimodal: unimodal,
      baselines: try baselines?.accuracies(tables, labels: labels, monitor: monitor) ?? [],
      noiseCorrelation: noiseCorrelation(tables, indices))
  }

  private func probabilities(
    _ tables: [FeatureTable], _ monitor: WorkMonitor
  ) throws -> Matrix<Float> {
    let values = try inParts(of: tables, "judging", monitor: monitor) {
      inference.predict($0).probabilities.values
    }
    return Matrix(
      rows: tables.first?.count ?? 0, columns: model.architecture.classes, values: values)
  }

  private func noiseCorrelation(
    _ tables: [FeatureTable], _ indices: [Int]
  ) -> [(name: String, correlation: Double?)] {
    guard let trueNoise = data.dataset.samples.trueNoise else { return [] }
    let noise = indices.compactMap { trueNoise[$0] }
    guard !noise.isEmpty, noise.count == indices.count else { return [] }
    let prediction = inference.predict(tables)
    return data.pipelines.indices.map { m in
      let present = indices.indices.filter { prediction.present[m][$0] }
      let sigma = prediction.meanSigma(m)
      return (
        data.pipelines[m].name,
        pearson(present.map { noise[$0][m] }, present.map { sigma[$0] })
      )
    }
  }

  /// The samples' tables, spoiled as chosen.
  func tables(
    _ indices: [Int], _ corruptions: [CorruptionChoice], _ monitor: WorkMonitor
  ) throws -> [FeatureTable] {
    var tables = try data.tables(indices)
    for choice in corruptions {
      tables[choice.modality] = try data.corruptedTable(
        modality: choice.modality, kind: choice.kind, severity: choice.severity,
        indices: indices, seed: Self.corruptionSeed, monitor: monitor
      ).table
    }
    return tables
  }

  private func accuracy(
    of modality: Int, alone tables: [FeatureTable], _ labels: [Int], _ monitor: WorkMonitor
  ) throws -> Double {
    let (alone, present) = self.alone(modality, in: tables)
    return ClassificationMetrics(
      probabilities: try probabilities(alone, monitor), labels: present.map { labels[$0] }
    ).accuracy
  }

  /// The rows that have a modality, all others dropped, and where those rows stood.
  func alone(_ modality: Int, in tables: [FeatureTable]) -> (tables: [FeatureTable], rows: [Int]) {
    let present = tables[modality].present.indices.filter { tables[modality].present[$0] }
    let alone = tables.indices.map { m in
      let rows = tables[m].gathering(present)
      return m == modality ? rows : rows.dropped()
    }
    return (alone, present)
  }
}
