import ModalityKit

extension Dataset {
  /// The same samples with other splits.
  func split(_ splits: [Split]) -> Dataset {
    Dataset(
      name: name, modalities: modalities, task: task, samples: samples.with(splits: splits),
      calibratedOptions: calibratedOptions)
  }

  /// For measurements that choose nothing: validation rows train too.
  public func trainingOnValidation() -> Dataset {
    split(samples.splits.map { $0 == .validation ? .train : $0 })
  }

  /// Stratified folds: fold `fold` of `folds` is the test split, the next one validates, the others
  /// train.
  public func cut(into folds: Int, fold: Int, seed: UInt64) -> Dataset {
    let assigned = StratifiedSplit(seed: seed).folds(
      folds, identifiers: samples.ids, labels: samples.labels)
    return split(
      assigned.map { $0 == fold ? .test : $0 == (fold + 1) % folds ? .validation : .train })
  }
}
