import Datasets
import ModalityKit
import Testing

/// Manifests whose columns a person gives a meaning.
@Suite struct ManifestLayoutTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ text: String, _ layout: ManifestLayout, name: String = "m.csv", regression: Bool = false
  ) throws -> LoadedDataset {
    try DatasetLoader.manifest(
      path: try folder.write(name, text), regression: regression, layout: layout)
  }

  private func table(_ name: String, _ patterns: String...) -> ManifestLayout.Table {
    ManifestLayout.Table(name: name, patterns: patterns)
  }

  private func texts(_ loaded: LoadedDataset, _ modality: Int = 0) -> [String?] {
    loaded.dataset.samples.map { sample in
      switch sample.inputs[modality] {
      case .text(let text): text
      case .file(let path): "file \(path.replacing(folder.path + "/", with: ""))"
      default: nil
      }
    }
  }

  private static let twoBirds = """
    species,beak_length,beak_depth,mass,place,split
    finch,11,"9,5",NA,"Santa ""C""ruz",train
    dove,14.2,,150,,test

    """

  private static let birds =
    twoBirds + """
      finch,,,,,validation
      dove,?,NA,,,train
      """

  @Test func aLabelMakesOneTableOfAllOthers() throws {
    let loaded = try load(Self.twoBirds, ManifestLayout(label: "species"))
    let dataset = loaded.dataset
    #expect(dataset.modalities == ["table"] && dataset.classes == ["dove", "finch"])
    #expect(dataset.samples.map(\.id) == ["row-0001", "row-0002"])
    #expect(dataset.samples.map(\.split) == [.train, .test])
    #expect(
      texts(loaded) == [
        #"{"beak_length":"11","beak_depth":"9,5","mass":"NA","place":"Santa \"C\"ruz"}"#,
        #"{"beak_length":"14.2","beak_depth":null,"mass":"150","place":null}"#,
      ])
  }

  @Test func namesMakeTablesOfChosenColumns() throws {
    let loaded = try load(
      Self.twoBirds,
      ManifestLayout(label: "species", tables: [table("rest", "*"), table("beak", "beak_*")]))
    #expect(loaded.dataset.modalities == ["rest", "beak"])
    #expect(texts(loaded, 0)[1] == #"{"mass":"150","place":null}"#)
    #expect(texts(loaded, 1)[1] == #"{"beak_length":"14.2","beak_depth":null}"#)
    let chosen = try load(
      Self.twoBirds,
      ManifestLayout(
        label: "species", tables: [table("beak", "beak_*"), table("depth", "beak_depth")]))
    #expect(chosen.dataset.modalities == ["beak", "depth"])
    #expect(texts(chosen, 0)[1] == #"{"beak_length":"14.2"}"#)
    #expect(texts(chosen, 1) == [#"{"beak_depth":"9,5"}"#, nil])
    #expect(
      chosen.notes == [
        "columns that are in no modality: mass, place", "1 of 2 samples lack depth",
        "the validation split is empty",
      ])
  }

  @Test func aRowOfMissingValuesLacksTheModality() throws {
    let layout = ManifestLayout(
      label: "species", tables: [table("beak", "beak_*"), table("rest", "mass", "place")])
    let error = #expect(throws: DatasetError.self) { try load(Self.birds, layout) }
    #expect(error?.kind == .noModality && error?.line == 4)
    #expect(error?.column == "beak, rest")
    let text = Self.birds.replacing("finch,,,,,validation", with: "finch,,,7,,validation")
      .replacing("dove,?,NA,,,train", with: "dove,?,NA,,Genovesa,train")
    let loaded = try load(text, layout)
    #expect(texts(loaded, 0)[2...].allSatisfy { $0 == nil })
    #expect(texts(loaded, 1)[3] == #"{"mass":null,"place":"Genovesa"}"#)
  }

  @Test func numbersOfJSONStayNumbers() throws {
    let loaded = try load(
      #"""
      {"n": 1.50, "id": "a", "s": "1.50", "label": 1, "t": true, "u\"": "\u0001é"}
      {"n": null, "id": "b", "s": "", "label": 2, "t": false}
      """#, ManifestLayout(tables: [table("all", "*")]), name: "m.jsonl")
    #expect(loaded.dataset.samples.map(\.id) == ["a", "b"])
    #expect(
      texts(loaded) == [
        #"{"n":1.50,"s":"1.50","t":"true","u\"":"\u0001é"}"#,
        #"{"n":null,"s":null,"t":"false","u\"":null}"#,
      ])
  }

  @Test func imagesAndTextsStayModalitiesOfTheirOwn() throws {
    try folder.write("a.png")
    let text = "label,image,hr,text,bp\nx,a.png,60,fine,120\ny,,70,ill,90\n"
    let loaded = try load(text, ManifestLayout(tables: [table("vitals", "hr", "bp")]))
    #expect(loaded.dataset.modalities == ["vitals", "image", "text"])
    #expect(texts(loaded, 1) == ["file a.png", nil])
    #expect(texts(loaded, 2) == ["fine", "ill"])
    let whole = try load(text, ManifestLayout(label: "label"))
    #expect(whole.dataset.modalities == ["table"])
    let error = #expect(throws: DatasetError.self) {
      try load(text, ManifestLayout(tables: [table("text", "hr")]))
    }
    #expect(error?.kind == .duplicateColumn && error?.column == "text")
  }

  @Test func rolesHaveAnyName() throws {
    let loaded = try load(
      "tag\tprice\tpart\tx\n7\t3.5\ttrain\t1\n8\t4\ttest\t2\n",
      ManifestLayout(label: "price", identifier: "tag", split: "part"), name: "m.tsv",
      regression: true)
    #expect(loaded.dataset.task == .regression(target: "price"))
    #expect(loaded.dataset.samples.map(\.id) == ["7", "8"])
    #expect(loaded.dataset.samples.map(\.value) == [3.5, 4])
    #expect(texts(loaded) == [#"{"x":"1"}"#, #"{"x":"2"}"#])
  }

  @Test func refusals() throws {
    func refusal(
      _ layout: ManifestLayout, _ text: String = Self.birds, _ name: String = "m.csv"
    ) -> DatasetError? {
      #expect(throws: DatasetError.self) { try load(text, layout, name: name) }
    }
    let unnamed = refusal(ManifestLayout(label: "kind"))
    #expect(unnamed?.kind == .missingColumn && unnamed?.column == "kind")
    #expect(refusal(ManifestLayout(label: "species", identifier: "tag"))?.column == "tag")
    let empty = refusal(
      ManifestLayout(label: "species", tables: [table("wing", "wing_*"), table("rest", "*")]))
    #expect(empty?.kind == .missingColumn && empty?.column == "wing_*")
    let twice = refusal(
      ManifestLayout(label: "species", tables: [table("a", "mass"), table("b", "mass", "place")]))
    #expect(twice?.kind == .duplicateColumn && twice?.column == "mass")
    let blank = refusal(ManifestLayout(label: "place"))
    #expect(blank?.kind == .emptyLabel && blank?.column == "place" && blank?.line == 3)
    let array = refusal(
      ManifestLayout(label: "k"), "{\"k\":\"a\",\"v\":[1,2]}\n{\"k\":\"b\",\"v\":1}", "m.jsonl")
    #expect(array?.kind == .mixedKinds && array?.column == "v" && array?.line == 1)
    let same = refusal(
      ManifestLayout(label: "mass"), "mass,x\n1,2\n1,3\n")
    #expect(same?.kind == .oneClass && same?.column == "mass")
    let twin = refusal(ManifestLayout(label: "l", identifier: "x"), "l,x,y\na,1,2\nb,1,3\n")
    #expect(twin?.kind == .duplicateIdentifier && twin?.column == "x")
  }

  /// Spreadsheets of many countries write them; a comma in the first line keeps its meaning.
  @Test(arguments: [";", "\t"]) func otherSeparatorsAreRecognised(_ separator: String) throws {
    let text = ["id,label,text", "1,a,x", "2,b,z"].joined(separator: "\n")
    let path = try folder.write("m.csv", text.replacing(",", with: separator) + "\n")
    let loaded = try DatasetLoader.manifest(path: path)
    #expect(
      loaded.dataset.modalities == ["text"] && loaded.dataset.samples.map(\.id) == ["1", "2"])
    let mixed = try folder.write("n.csv", "id,label,te;xt\n1,a,x\n2,b,z\n")
    #expect(try DatasetLoader.manifest(path: mixed).dataset.modalities == ["te;xt"])
  }

  @Test func aCommaSeparatedTSVIsReadAsBefore() throws {
    let path = try folder.write("m.tsv", "id,label,text\n1,a,x y\n2,b,z\n")
    #expect(try DatasetLoader.manifest(path: path).dataset.modalities == ["text"])
  }
}
