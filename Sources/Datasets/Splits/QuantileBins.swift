import ModalityKit

extension StratifiedSplit {
  /// So many strata a continuous target is cut into.
  public static let quantileBins = 10

  /// One split per sample of a regression: stratified by the tenth of all values a sample lies in,
  /// so that every split spans the whole range.
  public func assign(
    identifiers: some RandomAccessCollection<String>, values: [Double]
  ) -> [Dataset.Split] {
    assign(identifiers: identifiers, labels: Self.bins(of: values, count: Self.quantileBins))
  }

  /// The quantile bin of each value, 0..<count; equal values share a bin.
  static func bins(of values: [Double], count: Int) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var bins = [Int](repeating: 0, count: values.count)
    var smaller = 0
    for (rank, index) in order.enumerated() {
      if rank > 0, values[order[rank - 1]] < values[index] { smaller = rank }
      bins[index] = count * smaller / values.count
    }
    return bins
  }
}
