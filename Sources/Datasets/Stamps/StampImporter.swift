import ModalityKit

/// Makes a data set of the stamps that have picture, sound and text.
struct StampImporter {
  /// The folders that serve as classes; the others hold too few stamps.
  static let categories = [
    "animals", "clothes", "food", "household", "people", "plants", "seasonal", "space", "symbols",
    "town", "vehicles",
  ]
  /// Letters and digits: their pictures and names say nothing of symbols as such.
  static let excludedPrefix = "symbols/alphabets"

  let options: StampOptions
  let environment: [String: String]

  func load(splitSeed: UInt64, progress: (Int, Int) -> Void) throws(DatasetError) -> LoadedDataset {
    let folders = StampFolders(environment: environment)
    guard folders.exists() else {
      throw DatasetError(
        .stampsMissing, "expected the stamps of Tux Paint in \(folders.stamps), found no folder",
        hint: "run `make stamps` (Debian package tuxpaint-stamps-default), or set EAU_STAMPS")
    }
    let catalogue = StampCatalogue(folder: folders.stamps)
    let candidates = catalogue.stamps.filter { stamp in
      Self.categories.contains(stamp.category) && !stamp.key.hasPrefix(Self.excludedPrefix)
    }
    try checkLocales(candidates, folders.stamps)
    let complete = candidates.compactMap { stamp -> (stamp: Stamp, text: String)? in
      guard stamp.sound(options.audio) != nil, let text = stamp.descriptions?.text(options.text)
      else { return nil }
      return (stamp, text)
    }
    let rasteriser = StampRasteriser(cache: folders.cache, environment: environment)
    let jobs = complete.compactMap { stamp, _ in
      stamp.bitmap == nil
        ? stamp.drawing.map { StampRasteriser.Job(key: stamp.key, drawing: $0) } : nil
    }
    let drawn = rasteriser.rasterise(jobs, progress: progress)
    var notes: [String] = []
    if candidates.count > complete.count {
      notes.append(
        "\(candidates.count - complete.count) of \(candidates.count) stamps are left out: "
          + "they lack \(soundName) or text in \"\(options.text)\"")
    }
    if jobs.count > drawn.count {
      let lost =
        "\(jobs.count - drawn.count) of \(jobs.count) stamps that are drawings are left out"
      notes.append(
        rasteriser.program == nil
          ? "\(lost): rsvg-convert is missing; install it with `apt-get install librsvg2-bin`"
          : "\(lost): rsvg-convert could not draw them, or they declare XML entities")
    }
    return LoadedDataset(
      dataset: try dataset(of: complete, drawn, splitSeed, folders.stamps), notes: notes)
  }

  private var soundName: String {
    options.audio == StampOptions.effectSounds
      ? "an effect sound" : "speech in \"\(options.audio)\""
  }

  /// A locale that no stamp has is a spelling mistake, not an empty data set.
  private func checkLocales(_ stamps: [Stamp], _ folder: String) throws(DatasetError) {
    guard !stamps.isEmpty else {
      throw DatasetError(
        .noSamples,
        "expected stamps in folders such as animals or town below \(folder), found none",
        hint: "EAU_STAMPS names the folder that holds them")
    }
    if !stamps.contains(where: { $0.sound(options.audio) != nil }) {
      let known = Set(stamps.flatMap(\.speech.keys)).sorted(by: precedesByCodePoint)
      throw DatasetError(
        .unknownLocale, "no stamp has \(soundName)",
        hint: "spoken: \(known.joined(separator: ", ")); or \(StampOptions.effectSounds)")
    }
    if !stamps.contains(where: { $0.descriptions?.text(options.text) != nil }) {
      let known = Set(stamps.flatMap { $0.descriptions?.locales ?? [] }).sorted(
        by: precedesByCodePoint)
      throw DatasetError(
        .unknownLocale, "no stamp has text in \"\(options.text)\"",
        hint: "written: \(known.joined(separator: ", "))")
    }
  }

  private func dataset(
    of stamps: [(stamp: Stamp, text: String)], _ drawn: [String: String], _ splitSeed: UInt64,
    _ folder: String
  ) throws(DatasetError) -> Dataset {
    let pictured = stamps.compactMap { stamp, text in
      (stamp.bitmap ?? drawn[stamp.key]).map { (stamp: stamp, picture: $0, text: text) }
    }
    let classes = Self.categories.filter { category in
      pictured.contains { $0.stamp.category == category }
    }
    guard classes.count > 1 else {
      throw DatasetError(
        pictured.isEmpty ? .noSamples : .oneClass,
        "expected two or more classes of complete stamps below \(folder), found \(classes.count)",
        hint: "choose another --audio or --text")
    }
    let identifiers = pictured.map(\.stamp.key)
    let labels = pictured.map { classes.firstIndex(of: $0.stamp.category) ?? 0 }
    let splits = StratifiedSplit(seed: splitSeed).assign(identifiers: identifiers, labels: labels)
    let samples = pictured.indices.map { index in
      let stamp = pictured[index].stamp
      return Dataset.Sample(
        id: stamp.key, label: labels[index], split: splits[index],
        inputs: [
          .file(path: pictured[index].picture),
          stamp.sound(options.audio).map { .file(path: $0) },
          .text(pictured[index].text),
        ])
    }
    return Dataset(
      name: "stamps", modalities: ["image", "audio", "text"], classes: classes, samples: samples)
  }
}
