import Datasets
import ModalityKit
import Testing

@Suite struct HandwrittenTests {
  static let views = [
    ("pix", 240), ("fou", 76), ("fac", 216), ("zer", 47), ("kar", 64), ("mor", 6),
  ]

  /// Files of the right form: number j of row i in view v is v + i/10 − j, the label i / 200.
  private func lines(_ view: Int) -> [String] {
    let count = Self.views[view].1
    let header = (0...count).map(String.init).joined(separator: ",")
    return [header]
      + (0..<2000).map { i in
        let numbers = (0..<count).map { "\(view + i / 10 - $0).\(i % 10)" }
        return numbers.joined(separator: ",") + ",\(i / 200)"
      }
  }

  /// - Parameter edit: changes the lines of the last view.
  private func folder(
    _ edit: (inout [String]) -> Void = { _ in }
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for view in Self.views.indices {
      var lines = lines(view)
      if view == 5 { edit(&lines) }
      try folder.write("mfeat-\(Self.views[view].0).csv", lines.joined(separator: "\n") + "\n")
    }
    return folder
  }

  private func load(_ folder: TemporaryFolder, seed: UInt64 = 1) throws -> Dataset {
    let loaded = try DatasetLoader.handwritten(
      splitSeed: seed, environment: ["EAU_HANDWRITTEN": folder.path])
    #expect(loaded.notes.isEmpty)
    return loaded.dataset
  }

  private func numbers(_ input: RawInput?) throws -> [Double] {
    guard case .numbers(let values)? = input else {
      Issue.record("expected numbers")
      return []
    }
    return values
  }

  @Test func sixViewsOfTwoThousandDigits() throws {
    let folder = try folder()
    let dataset = try load(folder)
    #expect(dataset.name == "handwritten")
    #expect(dataset.modalities == Self.views.map(\.0))
    #expect(dataset.classes == (0...9).map(String.init))
    #expect(dataset.samples.count == 2000)
    #expect(dataset.samples[0].id == "digit-0001" && dataset.samples[1999].id == "digit-2000")
    #expect(dataset.samples[399].label == 1 && dataset.samples[400].label == 2)
    for (view, (_, count)) in Self.views.enumerated() {
      let values = try numbers(dataset.samples[123].inputs[view])
      #expect(values.count == count)
      #expect(values[0] == Double(view + 12) + 0.3)
    }

    // 140, 20 and 40 of every digit, whatever the seed, and others with another seed.
    let other = try load(folder, seed: 2)
    for data in [dataset, other] {
      for label in 0..<10 {
        let digits = data.samples.filter { $0.label == label }
        let counts = Dataset.Split.allCases.map { split in digits.count { $0.split == split } }
        #expect(counts == [140, 20, 40])
      }
    }
    let splits = [dataset, other].map { $0.samples.map(\.split) }
    #expect(splits[0] != splits[1])
  }

  @Test(arguments: [
    ("ragged", DatasetError.Kind.raggedRow, 7), ("word", .malformedCSV, 7),
    ("nan", .malformedCSV, 7), ("label", .malformedCSV, 7), ("half", .malformedCSV, 7),
    ("other", .unequalViews, 7), ("short", .unequalViews, 2000), ("blank", .raggedRow, 7),
    ("header", .raggedRow, 1),
  ])
  func malformedFilesAreNamed(change: String, kind: DatasetError.Kind, line: Int) throws {
    let folder = try folder { lines in
      switch change {
      case "ragged": lines[6] += ",1"
      case "word": lines[6] = "1,2,three,4,5,6,0"
      case "nan": lines[6] = "1,2,nan,4,5,6,0"
      case "label": lines[6] = "1,2,3,4,5,6,10"
      case "half": lines[6] = "1,2,3,4,5,6,0.5"
      case "other": lines[6] = "1,2,3,4,5,6,1"
      case "short": lines.removeLast()
      case "blank": lines.insert("", at: 6)
      default: lines[0] = "0,1"
      }
    }
    let error = #expect(throws: DatasetError.self) { try load(folder) }
    #expect(error?.kind == kind)
    #expect(error?.line == line)
    #expect(error?.message.hasPrefix("\(folder.path)/mfeat-mor.csv line \(line): ") == true)
  }

  @Test func missingFilesAreNamedWithWhatFetchesThem() throws {
    let folder = try TemporaryFolder()
    for environment in [
      ["EAU_HANDWRITTEN": folder.path], ["HOME": folder.path], [:],
      ["EAU_HANDWRITTEN": "", "XDG_DATA_HOME": folder.path],
    ] {
      let error = #expect(throws: DatasetError.self) {
        try DatasetLoader.handwritten(environment: environment)
      }
      #expect(error?.code == "handwritten-missing")
      #expect(error?.hint.contains("`make handwritten`") == true)
    }
  }

  @Test func theFolderIsWhereMakePutsIt() throws {
    let folder = try TemporaryFolder()
    for (environment, place) in [
      (["HOME": folder.path], "\(folder.path)/.local/share/eau/handwritten/"),
      (["XDG_DATA_HOME": folder.path, "HOME": "/x"], "\(folder.path)/eau/handwritten/"),
      (["EAU_HANDWRITTEN": "/none", "HOME": "/x"], "/none/"),
    ] {
      let error = #expect(throws: DatasetError.self) {
        try DatasetLoader.handwritten(environment: environment)
      }
      #expect(error?.message.hasSuffix("found no file at \(place)mfeat-pix.csv") == true)
    }
  }
}
