extension Dataset {
  /// A data set's samples, column by column, so that a million of them need little memory.
  ///
  /// A `Sample` is made when asked for, with its inputs. What goes over all samples asks the columns.
  public struct Samples: RandomAccessCollection, Sendable {
    public let ids: TextColumn
    /// 0 for regression.
    public let labels: [Int]
    /// The numbers to be predicted; nil for classification.
    public let values: [Double?]?
    public let splits: [Split]
    /// One a modality.
    public let inputs: [RawInputs]
    /// Of generated samples; nil for real data.
    public let trueNoise: [[Double]?]?

    public init(
      ids: TextColumn, labels: [Int], values: [Double?]? = nil, splits: [Split],
      inputs: [RawInputs], trueNoise: [[Double]?]? = nil
    ) {
      self.ids = ids
      self.labels = labels
      self.values = values
      self.splits = splits
      self.inputs = inputs
      self.trueNoise = trueNoise
    }

    init(_ samples: [Sample], modalities: Int) {
      self.init(
        ids: TextColumn(samples.lazy.map(\.id)), labels: samples.map(\.label),
        values: samples.contains { $0.value != nil } ? samples.map(\.value) : nil,
        splits: samples.map(\.split),
        inputs: (0..<modalities).map { m in RawInputs(samples.map { $0.inputs[m] }) },
        trueNoise: samples.contains { $0.trueNoise != nil } ? samples.map(\.trueNoise) : nil)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { splits.count }

    public subscript(position: Int) -> Sample {
      Sample(
        id: ids[position], label: labels[position], value: values?[position],
        split: splits[position], inputs: inputs.map { $0[position] },
        trueNoise: trueNoise?[position])
    }

    /// The same with other splits.
    public func with(splits: [Split]) -> Samples {
      Samples(
        ids: ids, labels: labels, values: values, splits: splits, inputs: inputs,
        trueNoise: trueNoise)
    }

    /// The same without one modality; samples that had no other stay, with nothing.
    public func without(_ modality: Int) -> Samples {
      func kept<Element>(_ elements: [Element]) -> [Element] {
        elements.enumerated().filter { $0.offset != modality }.map(\.element)
      }
      return Samples(
        ids: ids, labels: labels, values: values, splits: splits, inputs: kept(inputs),
        trueNoise: trueNoise?.map { $0.map(kept) })
    }
  }

  /// Where the samples of a split stand.
  public func indices(of split: Split) -> [Int] {
    samples.splits.indices.filter { samples.splits[$0] == split }
  }
}
