import Autograd
import ModalityKit

/// The samples of a split whose Gaussians lie closest to those of one sample.
///
/// The distance is the root of Σ_m W2² over the modalities compared. Where a sample lacks some of
/// them, the sum over those that both have is scaled up to all: n/shared · Σ, as nan-Euclidean
/// distances are, or fewer modalities would mean nearer. A sample that shares none is left out.
public struct NearestSamples: Sendable {
  public struct Measure: Sendable, Equatable {
    /// Whether the spreads count too, as in W2, or the means alone.
    public let withSpreads: Bool
    /// In the model's order.
    public let modalities: [Int]

    public init(modalities: [Int], withSpreads: Bool = true) {
      self.modalities = modalities
      self.withSpreads = withSpreads
    }
  }

  public struct Neighbour: Sendable, Equatable {
    /// In the data set.
    public let index: Int
    public let distance: Double
    /// One a modality of the measure; nil where one of the two lacks it.
    public let parts: [Double?]
  }

  /// Nearest first; of equals the first in the data set.
  public let neighbours: [Neighbour]
  /// How many samples were compared.
  public let compared: Int

  private static let chunk = 1024

  /// - Parameter sample: one table a modality; row 0 counts.
  /// - Throws: `stopped`, or what reading the rows throws.
  public init(
    to sample: [FeatureTable], in data: EncodedDataset, split: Dataset.Split, count: Int,
    by measure: Measure, model: EAUModel<Float>, monitor: WorkMonitor = .silent
  ) throws {
    let inference = Inference(model)
    let here = inference.predict(sample)
    let indices = data.indices(of: split)
    var found = BoundedList(limit: count)
    var compared = 0
    for start in stride(from: 0, to: indices.count, by: Self.chunk) {
      if monitor.shouldStop() { throw FusionError.stopped }
      monitor.report("comparing", Double(start) / Double(indices.count))
      let part = Array(indices[start..<min(start + Self.chunk, indices.count)])
      let there = inference.predict(try data.tables(part))
      for (row, index) in part.enumerated() {
        guard let neighbour = Self.neighbour(index, here, there, row, measure) else { continue }
        compared += 1
        found.offer(neighbour)
      }
    }
    neighbours = found.elements
    self.compared = compared
  }

  private static func neighbour(
    _ index: Int, _ here: Prediction, _ there: Prediction, _ row: Int, _ measure: Measure
  ) -> Neighbour? {
    let squares = measure.modalities.map { m in
      here.squaredWasserstein(m, 0, to: there, row).map {
        measure.withSpreads ? $0.total : $0.means
      }
    }
    let shared = squares.compactMap { $0 }
    let compared = measure.modalities.count { here.present[$0][0] }
    guard !shared.isEmpty else { return nil }
    let sum = shared.reduce(0, +) * Double(compared) / Double(shared.count)
    return Neighbour(
      index: index, distance: sum.squareRoot(), parts: squares.map { $0?.squareRoot() })
  }
}

/// The nearest so far, sorted; memory for `limit` of them, however many are offered.
private struct BoundedList {
  let limit: Int
  private(set) var elements: [NearestSamples.Neighbour] = []

  init(limit: Int) { self.limit = limit }

  mutating func offer(_ element: NearestSamples.Neighbour) {
    if elements.count == limit, let last = elements.last, element.distance >= last.distance {
      return
    }
    var (low, high) = (0, elements.count)
    while low < high {
      let middle = (low + high) / 2
      if elements[middle].distance <= element.distance { low = middle + 1 } else { high = middle }
    }
    elements.insert(element, at: low)
    if elements.count > limit { elements.removeLast() }
  }
}
