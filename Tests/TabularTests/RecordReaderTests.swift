import ModalityKit
import Testing

@testable import Tabular

@Suite struct RecordReaderTests {
  private func read(_ raw: RawInput) throws -> TableRecord { try RecordReader.record(from: raw) }

  @Test func aJSONObject() throws {
    let record = try read(
      .text(" {\"b\":2.5e1,\"a\":\"2.5\", \"c\": true,\"d\":\"?\",\"e\":\" x \"} \n"))
    #expect(record.columns == ["b", "a", "c", "d", "e"])
    #expect(
      record.cells == [.number(25), .text("2.5"), .text("true"), .missing, .text("x")])
  }

  @Test(arguments: [
    "name,note,n\r\n\"Muster, A.\",\"say \"\"hi\"\"\nthere\",3\r\n",
    "name;note;n\n\"Muster, A.\";\"say \"\"hi\"\"\nthere\";3",
    "\u{FEFF}name\tnote\tn\n\"Muster, A.\"\t\"say \"\"hi\"\"\nthere\"\t3\n",
  ])
  func aHeaderAndARow(text: String) throws {
    for raw in [RawInput.text(text), .bytes(Array(text.utf8), name: "a.csv")] {
      let record = try read(raw)
      #expect(record.columns == ["name", "note", "n"])
      #expect(record.cells == [.text("Muster, A."), .text("say \"hi\"\nthere"), .text("3")])
    }
  }

  @Test func numbersAlone() throws {
    for raw in [RawInput.numbers([1, -2.5]), .text("1, -2.5"), .text("[1;-2.5]\n")] {
      let record = try read(raw)
      #expect(record.columns == ["x1", "x2"] && record.cells == [.number(1), .number(-2.5)])
    }
    #expect(try read(.numbers([.nan, 1])).cells == [.missing, .number(1)])
  }

  @Test(arguments: ["", "NA", "NaN", "nan", "null", "?", "  ", " NA\t"])
  func missingWords(word: String) {
    #expect(TableRecord.Cell(written: word) == .missing)
  }

  @Test(arguments: ["0", "None of them", "N", "na?", "NAN1"])
  func wordsThatAreValues(word: String) {
    #expect(TableRecord.Cell(written: word) == .text(word))
  }

  @Test(arguments: [
    (RawInput.numbers([]), EncoderError.Kind.emptyInput), (.text(" \n"), .emptyInput),
    (.text("{}"), .emptyInput), (.text("words"), .wrongFormat), (.text("{\"a\":1"), .wrongFormat),
    (.text("{\"a\":1,\"a\":2}"), .wrongFormat), (.text("{\"a\":[1,2]}"), .wrongFormat),
    (.text("{\"a\":1}\n{\"a\":2}"), .wrongFormat), (.text("a,a\n1,2"), .wrongFormat),
    (.text("a,\n1,2"), .wrongFormat), (.text("a,b\n1"), .wrongFormat),
    (.text("a,b\n1,2\n3,4"), .wrongFormat), (.text("a,b\n1,\"2"), .wrongFormat),
    (.text("{\"a\":1e301}"), .wrongInput), (.numbers([.infinity]), .wrongInput),
    (.bytes([0x61, 0x2C, 0x62, 0x0A, 0xFF, 0x2C, 0x31], name: "a.csv"), .wrongFormat),
    (.file(path: "/nowhere.csv"), .fileMissing),
  ])
  func refusals(raw: RawInput, kind: EncoderError.Kind) {
    #expect(errorKind { _ = try read(raw) } == kind)
  }

  // Not arguments: those are printed.
  @Test func sizesAreLimited() {
    for raw in [
      RawInput.numbers([Double](repeating: 0, count: 1 << 20 + 1)),
      .bytes([UInt8](repeating: 0x31, count: 32 << 20 + 1), name: "a.csv"),
    ] {
      #expect(errorKind { _ = try read(raw) } == .tooLarge)
    }
  }

  @Test func messagesNameThePlace() {
    let error = #expect(throws: EncoderError.self) { try read(.text("a,b\n1,\"2")) }
    #expect(
      error?.message
        == "text line 2, column \"b\": expected a closing quote, found the end of the file")
  }

  @Test func previews() throws {
    let encoder = try TabularEncoder.configured()
    let mixed = encoder.preview(try read(.text(#"{"age":31.5,"city":"Bern","x":null}"#)))
    #expect(mixed.caption == "3 columns, 1 of them missing")
    guard case .tokens(let tokens) = mixed.content else {
      Issue.record("expected tokens")
      return
    }
    #expect(tokens == ["age=31.5", "city=Bern", "x=?"])
    let numbers = encoder.preview(try read(.numbers([1, 2])))
    #expect(numbers.caption == "2 columns, numbers from 1 to 2")
  }
}
