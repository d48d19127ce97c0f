import ModalityKit

/// A data set and what a person should know about how it came to be.
public struct LoadedDataset: Sendable {
  public let dataset: Dataset
  /// One sentence each: what was left out and why, what is missing. Empty when all is well.
  public let notes: [String]

  public init(dataset: Dataset, notes: [String] = []) {
    self.dataset = dataset
    self.notes = notes
  }
}

/// The sources a data set can come from, one function each.
///
/// A split the source does not give is made by `StratifiedSplit` from `splitSeed`, which is
/// independent of any training seed.
public enum DatasetLoader {
  /// The seed of splits when the user names none.
  public static let defaultSplitSeed: UInt64 = 1

  /// A manifest: CSV, JSON lines (`.jsonl`, `.ndjson`, `.json`), or a folder with one of
  /// `manifest.csv`, `manifest.jsonl`, `metadata.csv`, `metadata.jsonl`.
  ///
  /// - Parameters:
  ///   - regression: whether the labels are numbers to be predicted.
  ///   - layout: what the columns mean, where their names do not say it.
  ///   - goesOn: asked now and then with what is being done and the share done; false ends it.
  /// - Throws: `DatasetError`, naming line and column, or `stopped`; no row is ever left out.
  public static func manifest(
    path: String, regression: Bool = false, layout: ManifestLayout = ManifestLayout(),
    splitSeed: UInt64 = defaultSplitSeed,
    goesOn: (_ what: String, _ share: Double) -> Bool = { _, _ in true }
  )
    throws(DatasetError) -> LoadedDataset
  {
    let file = try ManifestFile.locate(path)
    let table = try file.table { goesOn("reading the manifest", $0) }
    return try withoutActuallyEscaping(goesOn) { goesOn throws(DatasetError) in
      try ManifestInterpreter(
        table: table, path: file.path, regression: regression, layout: layout,
        goesOn: { goesOn("looking at the samples", $0) }
      ).dataset(splitSeed: splitSeed)
    }
  }

  /// The generated data set for regression: bells whose size one can see, hear and read.
  public static func demoRegression(
    seed: UInt64 = 1, splitSeed: UInt64 = defaultSplitSeed
  ) -> LoadedDataset {
    LoadedDataset(dataset: BellDataset(seed: seed).dataset(splitSeed: splitSeed))
  }

  /// The generated data set: ten things one can see, hear and name. Needs no file; pictures and
  /// sounds are made when an encoder asks for them.
  public static func demo(seed: UInt64 = 1, splitSeed: UInt64 = defaultSplitSeed) -> LoadedDataset {
    LoadedDataset(dataset: DemoDataset(seed: seed).dataset(splitSeed: splitSeed))
  }

  /// The stamps of Tux Paint: picture, spoken description and written description.
  ///
  /// - Parameters:
  ///   - environment: `EAU_STAMPS` names the folder; `XDG_CACHE_HOME` and `HOME` the cache.
  ///   - progress: called with (done, total) while pictures are rasterised.
  /// - Throws: `stampsMissing`, `unknownLocale`, `noSamples`, `oneClass`.
  public static func stamps(
    _ options: StampOptions = StampOptions(), splitSeed: UInt64 = defaultSplitSeed,
    environment: [String: String], progress: (Int, Int) -> Void = { _, _ in }
  ) throws(DatasetError) -> LoadedDataset {
    try StampImporter(options: options, environment: environment)
      .load(splitSeed: splitSeed, progress: progress)
  }

  /// The Handwritten digits (UCI "Multiple Features"): 2000 digits in six numeric views, split
  /// 70 % train, 10 % validation, 20 % test, stratified by class.
  ///
  /// - Parameter environment: `EAU_HANDWRITTEN` names the folder; else it is `eau/handwritten`
  ///   below `XDG_DATA_HOME` or `HOME/.local/share`.
  /// - Throws: `handwrittenMissing`; `raggedRow`, `malformedCSV` or `unequalViews` with file and
  ///   line; the errors of reading a file.
  public static func handwritten(
    splitSeed: UInt64 = defaultSplitSeed, environment: [String: String]
  ) throws(DatasetError) -> LoadedDataset {
    try HandwrittenImporter(environment: environment).load(splitSeed: splitSeed)
  }
}
