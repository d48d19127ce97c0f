import ModalityKit

extension Dataset {
  /// The same samples with other splits.
  func split(_ splits: [Split]) -> Dataset {
    Dataset(
      name: name, modalities: modalities, task: task,
      samples: zip(samples, splits).map { sample, split in
        Sample(
          id: sample.id, label: sample.label, value: sample.value, split: split,
          inputs: sample.inputs,
          trueNoise: sample.trueNoise)
      }, calibratedOptions: calibratedOptions)
  }

  /// For measurements that choose nothing: validation rows train too.
  public func trainingOnValidation() -> Dataset {
    split(samples.map { $0.split == .validation ? .train : $0.split })
  }

  /// Stratified folds: fold `fold` of `folds` is the test split, the next one validates, the others
  /// train.
  public func cut(into folds: Int, fold: Int, seed: UInt64) -> Dataset {
    let assigned = StratifiedSplit(seed: seed).folds(
      folds, identifiers: samples.map(\.id), labels: samples.map(\.label))
    return split(
      assigned.map { $0 == fold ? .test : $0 == (fold + 1) % folds ? .validation : .train })
  }
}
