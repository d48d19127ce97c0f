import Fusion
import ModalityKit

/// The rows of a data set as its encoders give them, on their way into a file.
struct FeatureExport {
  enum Format: String, CaseIterable { case safetensors, npy, csv }

  let data: EncodedDataset
  /// Which of the data set's modalities are wanted.
  let modalities: [Int]
  let monitor: WorkMonitor

  private static let reserved = ["id", "label", "split", "value"]

  /// Samples whose rows are in memory at a time.
  static let chunk = 256

  var dataset: Dataset { data.dataset }
  var count: Int { dataset.samples.count }
  var identifiers: [String] { Array(dataset.samples.ids) }
  var splits: [String] { dataset.samples.splits.map(\.rawValue) }

  /// The modality's name, made different from those of what else a file holds.
  func name(_ m: Int) -> String {
    let name = data.pipelines[m].name
    return Self.reserved.contains(name) ? name + "_" : name
  }
  func names(_ m: Int) -> [String] { data.pipelines[m].fitted.schema.names }
  func features(_ m: Int) -> Int { data.pipelines[m].fitted.schema.count }

  func write(_ format: Format, to path: String) throws {
    switch format {
    case .safetensors: try FeatureSafeTensors(export: self).write(to: path)
    case .npy: try FeatureNumpy(export: self).write(to: path)
    case .csv: try FeatureCSV(export: self).write(to: path)
    }
  }

  /// Hands on the rows of one modality, some samples at a time, in order.
  ///
  /// - Parameter share: which part of all the work this is, for the progress line.
  func forEachChunk(
    of modalities: [Int], share: Range<Double> = 0..<1,
    _ body: (_ samples: [Int], _ rows: [[FeatureRow?]]) throws -> Void
  ) throws {
    for start in stride(from: 0, to: count, by: Self.chunk) {
      let samples = Array(start..<min(start + Self.chunk, count))
      let done = Double(start) / Double(count)
      monitor.report(
        "exporting", share.lowerBound + (share.upperBound - share.lowerBound) * done)
      let rows = try modalities.map { try data.rawRows($0, samples, monitor: monitor.quiet) }
      try body(samples, rows)
    }
  }

  /// Dense numbers a table of rows may have: 8 GB.
  static let denseLimit = 2_000_000_000

  /// Refuses tables that would be mostly zeros and fill the disk.
  func checkDense(_ format: Format) throws {
    let cells = modalities.reduce(0) { $0 + features($1) } * count
    guard cells > Self.denseLimit else { return }
    throw CommandError(
      "too-large",
      "\(format.rawValue) has a place for every number: \(NumberText.bytes(4 * cells)) of them",
      hint: "FILE.safetensors keeps sparse rows sparse; or name one modality")
  }
}
