import Datasets
import ModalityKit
import Testing

/// Each way a manifest can be wrong is refused as a whole, by a message that names the place.
@Suite struct ManifestRefusalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.png", "b.wav"] { try folder.write(name) }
  }

  private func refusal(_ text: String, name: String = "m.csv") throws -> DatasetError? {
    let path = try folder.write(name, text)
    do {
      _ = try DatasetLoader.manifest(path: path)
      return nil
    } catch {
      return error
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let kind: DatasetError.Kind
    let line: Int
    let column: String
    let says: String

    init(
      _ text: String, _ kind: DatasetError.Kind, _ line: Int, _ column: String, _ says: String
    ) {
      self.text = text
      self.kind = kind
      self.line = line
      self.column = column
      self.says = says
    }

    var testDescription: String { "\(kind.rawValue) at line \(line), \(column)" }
  }

  @Test(arguments: [
    Case("id,text\n1,x\n", .missingColumn, 1, "label", "found columns: id, text"),
    Case("label,text\n1,x\n", .missingColumn, 1, "id", "expected a column id"),
    Case("id,label\n1,x\n", .missingColumn, 1, "image, audio or text", "expected a column"),
    Case("id,,label\n1,x,y\n", .missingColumn, 1, "2", "expected a column name, found nothing"),
    Case("id,label,text,text\n1,x,y,z\n", .duplicateColumn, 1, "text", "twice"),
    Case(
      "id,label,image,image_file_name\n1,x,,\n", .duplicateColumn, 1, "image_file_name", "\"image\""
    ),
    Case("id,label,text\n1,x,y\n2,x\n", .raggedRow, 3, "text", "expected 3 cells, found 2"),
    Case("id,label,text\n1,x,y\n2,y,z,w\n", .raggedRow, 3, "4", "expected 3 cells, found 4"),
    Case(
      "id,label,text\n1,x,y\n2,y,z\n1,x,q\n", .duplicateIdentifier, 4, "id", "\"1\" as in line 2"),
    Case("id,label,text\n1,x,y\n,y,z\n", .emptyIdentifier, 3, "id", "an empty cell"),
    Case("id,label,text\n1,x,y\n2,,z\n", .emptyLabel, 3, "label", "an empty cell"),
    Case("id,label,text\n1,x,y\n2,  ,z\n", .emptyLabel, 3, "label", "\"  \""),
    Case("id,label,split,text\n1,x,train,y\n2,y,dev,z\n", .unknownSplit, 3, "split", "\"dev\""),
    Case("id,label,split,text\n1,x,train,y\n2,y,,z\n", .unknownSplit, 3, "split", "an empty cell"),
    Case("id,label,image\n1,x,a.png\n2,y,gone.png\n", .sampleFileMissing, 3, "image", "/gone.png"),
    Case("id,label,audio\n1,x,b.wav\n2,y,.\n", .sampleFileMissing, 3, "audio", "expected a file"),
    Case("id,label,photo\n1,x,a.png\n2,y,gone.png\n", .sampleFileMissing, 3, "photo", "/gone.png"),
    Case(
      "id,label,image,text\n1,x,a.png,y\n2,y,,\n", .noModality, 3, "image, text",
      "all of them empty"),
    Case(
      "file_name,label\na.png,x\nb.wav,y\n", .mixedKinds, 3, "file_name",
      "expected image as in line 2"),
  ])
  func namesLineAndColumn(_ wanted: Case) throws {
    let error = try #require(try refusal(wanted.text))
    #expect(error.kind == wanted.kind)
    #expect(error.line == wanted.line)
    #expect(error.column == wanted.column)
    #expect(error.message.contains("m.csv line \(wanted.line), column \"\(wanted.column)\": "))
    #expect(error.message.contains(wanted.says), "\(error.message)")
    #expect(!error.hint.isEmpty)
  }

  @Test func wholeFileRefusals() throws {
    #expect(try refusal("id,label,text\n")?.kind == .noSamples)
    #expect(try refusal("")?.kind == .noSamples)
    #expect(try refusal("", name: "m.jsonl")?.kind == .noSamples)
    let oneClass = try refusal("id,label,text\n1,x,y\n2,x,z\n")
    #expect(oneClass?.kind == .oneClass)
    #expect(oneClass?.message.contains("only \"x\"") == true)
  }

  @Test func missingManifest() throws {
    let path = "\(folder.path)/none.csv"
    let error = #expect(throws: DatasetError.self) { try DatasetLoader.manifest(path: path) }
    #expect(error?.code == "file-missing")
    #expect(error?.message.contains(path) == true)
    let inFolder = #expect(throws: DatasetError.self) {
      try DatasetLoader.manifest(path: folder.path)
    }
    #expect(inFolder?.code == "file-missing")
  }

  @Test func otherSpellingsAreHintedAt() throws {
    let capital = try #require(try refusal("id,Label,text\n1,x,y\n"))
    #expect(capital.hint.contains("\"Label\""))
    #expect(capital.candidates == ["id", "Label", "text"])
  }

  @Test func jsonLinesNameTheKey() throws {
    let error = try #require(
      try refusal(
        "{\"id\":\"1\",\"label\":\"x\",\"text\":\"y\"}\n{\"id\":\"2\"}\n", name: "m.jsonl"))
    #expect(error.kind == .emptyLabel)
    #expect(error.line == 2)
    #expect(error.column == "label")
  }

  @Test func utf16IsNamed() throws {
    let path = try folder.write("m.csv")
    let bytes: [UInt8] = [0xFF, 0xFE, 0x69, 0, 0x64, 0]
    try writeBytes(bytes, to: path)
    let error = #expect(throws: DatasetError.self) { try DatasetLoader.manifest(path: path) }
    #expect(error?.kind == .notUTF8)
    #expect(error?.message.contains("UTF-16") == true)
  }

  /// Whatever the bytes, the answer is a data set or an error, never a crash.
  @Test func randomBytesAreSurvived() throws {
    var generator = SystemlessNoise(state: 7)
    for round in 0..<300 {
      let alphabet = Array("ab,\"\n\r{}[]:\\u0\u{7F}".utf8) + [0xFF, 0]
      let bytes = (0..<generator.next(below: 120)).map { _ in
        alphabet[generator.next(below: alphabet.count)]
      }
      let text = round % 2 == 0 ? Array("id,label,text\n".utf8) + bytes : bytes
      sameInParts(text, by: CSVParser(file: "m.csv"))
      sameInParts(Array("{\"a\":".utf8) + bytes, by: JSONLinesParser(file: "m.jsonl"))
    }
  }

  /// A large manifest is read in parts: the table or the error is the same wherever they end.
  private func sameInParts(_ bytes: [UInt8], by parser: some ManifestParser) {
    func outcome(_ size: Int?) -> Result<ParsedManifest, DatasetError> {
      do {
        return .success(try ParsedManifest(bytes, by: parser, size: size))
      } catch {
        return .failure(
          error as? DatasetError ?? DatasetError(.unreadable, "\(error)", hint: ""))
      }
    }
    let whole = outcome(nil)
    for size in [1, 2, 7, 50] { #expect(outcome(size) == whole) }
  }
}
