import Autograd
import ModalityKit

/// Judges a model on a split.
public struct Evaluator {
  public let data: EncodedDataset
  public let model: EAUModel<Float>
  private let inference: Inference

  public init(_ model: EAUModel<Float>, on data: EncodedDataset) {
    self.model = model
    self.data = data
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
  }

  /// The base of the random streams that corrupt a split: the same in every run, so that
  /// evaluations of different models see the same damage.
  public static let corruptionSeed: UInt64 = 20_240

  public func evaluate(
    split: Dataset.Split, corruptions: [CorruptionChoice] = [], monitor: WorkMonitor = .silent
  ) throws -> Evaluation {
    let indices = data.indices(of: split)
    let labels = data.labels(indices)
    var tables = data.tables(indices)
    for choice in corruptions {
      tables[choice.modality] = try data.corruptedTable(
        modality: choice.modality, kind: choice.kind, severity: choice.severity,
        indices: indices, seed: Self.corruptionSeed, monitor: monitor
      ).table
    }
    let metrics = ClassificationMetrics(
      probabilities: inference.predict(tables).probabilities, labels: labels)
    let unimodal = tables.indices.map { m in
      (data.pipelines[m].name, accuracy(of: m, alone: tables, labels: labels))
    }
    return Evaluation(metrics: metrics, unimodal: unimodal)
  }

  private func accuracy(of modality: Int, alone tables: [FeatureTable], labels: [Int]) -> Double {
    let present = tables[modality].present.indices.filter { tables[modality].present[$0] }
    let alone = tables.indices.map { m in
      let rows = tables[m].gathering(present)
      return m == modality ? rows : rows.dropped()
    }
    return ClassificationMetrics(
      probabilities: inference.predict(alone).probabilities, labels: present.map { labels[$0] }
    ).accuracy
  }
}
