import Datasets
import ModalityKit
import Testing

/// Whole manifests, from the file to the data set.
@Suite struct ManifestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.png", "b.png", "sub/c.png", "a.wav", "b.ogg", "one.txt", "two.txt"] {
      try folder.write(name)
    }
  }

  private func load(
    _ text: String, name: String = "m.csv", seed: UInt64 = 1
  ) throws
    -> LoadedDataset
  {
    try DatasetLoader.manifest(path: try folder.write(name, text), splitSeed: seed)
  }

  private func describe(_ input: RawInput?) -> String {
    switch input {
    case nil: "missing"
    case .file(let path)?: "file " + path.replacing(folder.path + "/", with: "")
    case .text(let text)?: "text " + text
    case .numbers(let values)?: "numbers \(values)"
    default: "other"
    }
  }

  private func inputs(_ loaded: LoadedDataset) -> [[String]] {
    loaded.dataset.samples.map { $0.inputs.map(describe) }
  }

  @Test func pathsTextAndMissingModalities() throws {
    let loaded = try load(
      """
      id,label,split,image,audio,text
      1,cat,train,a.png,\(folder.path)/a.wav,"a cat, asleep"
      2,dog,test,sub/c.png,,README
      3,cat,validation,,b.ogg,

      """)
    let dataset = loaded.dataset
    #expect(dataset.modalities == ["image", "audio", "text"])
    #expect(dataset.classes == ["cat", "dog"])
    #expect(dataset.samples.map(\.id) == ["1", "2", "3"])
    #expect(dataset.samples.map(\.label) == [0, 1, 0])
    #expect(dataset.samples.map(\.split) == [.train, .test, .validation])
    #expect(
      inputs(loaded) == [
        ["file a.png", "file a.wav", "text a cat, asleep"],
        ["file sub/c.png", "missing", "text README"], ["missing", "file b.ogg", "missing"],
      ])
    #expect(
      loaded.notes == [
        "1 of 3 samples lack image", "1 of 3 samples lack audio", "1 of 3 samples lack text",
      ])
  }

  @Test func textNeverOpensAFileByAccident() throws {
    let loaded = try load("id,label,text\n1,x,a.png\n2,y,one.txt\n")
    #expect(inputs(loaded) == [["text a.png"], ["text one.txt"]])
    let files = try load("id,label,text\n1,x,one.txt\n2,y,two.txt\n")
    #expect(inputs(files) == [["file one.txt"], ["file two.txt"]])
  }

  @Test func columnsOfOtherNames() throws {
    let loaded = try load("id,label,photo,caption\n1,x,a.png,hi there\n2,y,b.png,bye\n")
    #expect(loaded.dataset.modalities == ["photo", "caption"])
    #expect(inputs(loaded) == [["file a.png", "text hi there"], ["file b.png", "text bye"]])
  }

  @Test func huggingFaceNames() throws {
    let two = try load(
      "id,label,image_file_name,audio_file_name\n1,x,a.png,a.wav\n2,y,b.png,b.ogg\n")
    #expect(two.dataset.modalities == ["image", "audio"])
    let images = try load("file_name,label\na.png,x\nsub/c.png,y\n")
    #expect(images.dataset.modalities == ["image"])
    #expect(images.dataset.samples.map(\.id) == ["a.png", "sub/c.png"])
    let sounds = try load("file_name,label,text\na.wav,x,hello\nb.ogg,y,bye\n")
    #expect(sounds.dataset.modalities == ["audio", "text"])
  }

  @Test func jsonLines() throws {
    let loaded = try load(
      """
      {"id":"1","label":"x","text":"hi","view":[1,2]}
      {"id":2,"label":3,"image":"a.png"}

      """, name: "m.jsonl")
    #expect(loaded.dataset.modalities == ["text", "view", "image"])
    #expect(loaded.dataset.classes == ["3", "x"])
    #expect(loaded.dataset.samples.map(\.id) == ["1", "2"])
    #expect(
      inputs(loaded) == [
        ["text hi", "numbers [1.0, 2.0]", "missing"], ["missing", "missing", "file a.png"],
      ])
  }

  @Test func folderWithAManifestInside() throws {
    try folder.write("metadata.csv", "file_name,label\na.png,x\nb.png,y\n")
    let loaded = try DatasetLoader.manifest(path: folder.path)
    #expect(loaded.dataset.name == "\(folder.path)/metadata.csv")
    #expect(loaded.dataset.samples.count == 2)
  }

  @Test func madeSplitsFollowTheSeed() throws {
    let rows = (0..<60).map { "s\($0),\($0 % 3 == 0 ? "x" : "y"),word\n" }.joined()
    let text = "id,label,text\n" + rows
    let splits = try load(text).dataset.samples.map(\.split)
    #expect(try load(text).dataset.samples.map(\.split) == splits)
    #expect(try load(text, seed: 2).dataset.samples.map(\.split) != splits)
    #expect(
      try load(
        text.replacing("text\n", with: "text,split\n", maxReplacements: 1)
          .replacing("word\n", with: "word,\n")
      ).dataset.samples.map(\.split) == splits)
  }
}
