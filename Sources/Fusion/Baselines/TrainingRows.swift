import Autograd
import SeededRandom

/// Where batches come from: the training samples as they are, or corrupted versions of them.
public protocol TrainingRows {
  /// The training samples as they are.
  var clean: CleanRows { get }
  /// Whether `write` may give other features than `clean` has.
  var corrupts: Bool { get }

  /// Writes a batch of training samples into a model's inputs and draws corruption, if any.
  ///
  /// - Parameters:
  ///   - positions: of the samples among the training samples.
  ///   - inputs: of as many rows; `begin()` has been called.
  func write(
    _ positions: [Int], into inputs: ModelInputs<Float>, _ generator: inout SeededGenerator)
}

extension TrainingRows {
  public var inputs: [Architecture.Input] { clean.inputs }
  public var classes: Int { clean.classes }
  /// Of the training samples.
  public var labels: [Int] { clean.labels }
}

/// Some samples of an encoded data set, as they are.
public struct CleanRows: TrainingRows, Sendable {
  public let inputs: [Architecture.Input]
  public let classes: Int
  public let labels: [Int]
  private let tables: [FeatureTable]

  /// - Parameter indices: of the samples; nil for the split `train`.
  public init(_ data: EncodedDataset, indices: [Int]? = nil) throws {
    let indices = indices ?? data.indices(of: .train)
    inputs = data.pipelines.map(\.input)
    classes = data.dataset.classes.count
    labels = data.labels(indices)
    tables = try data.tables(indices)
  }

  /// - Parameters:
  ///   - tables: a modality each, rows running parallel.
  ///   - labels: in 0..<classes, as many as rows.
  public init(_ tables: [(name: String, table: FeatureTable)], labels: [Int], classes: Int) {
    inputs = tables.map {
      Architecture.Input(name: $0.name, features: $0.table.features, sparse: $0.table.isSparse)
    }
    self.classes = classes
    self.labels = labels
    self.tables = tables.map(\.table)
  }

  public var clean: CleanRows { self }
  public var corrupts: Bool { false }

  public func write(
    _ positions: [Int], into inputs: ModelInputs<Float>, _ generator: inout SeededGenerator
  ) {
    for (m, table) in tables.enumerated() {
      for (row, position) in positions.enumerated() {
        inputs.write(table, row: position, modality: m, as: row)
      }
    }
  }
}
