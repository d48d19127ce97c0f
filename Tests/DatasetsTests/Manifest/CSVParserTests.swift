import Datasets
import Testing

/// The grammar of RFC 4180, section 2, rule by rule, and what it does not allow.
@Suite struct CSVParserTests {
  private func parse(_ text: String) throws -> ParsedManifest {
    try ParsedManifest(Array(text.utf8), by: CSVParser(file: "m.csv"))
  }

  private func cells(_ text: String) throws -> [[String?]] {
    try parse(text).rows.map { $0.cells.map(\.text) }
  }

  private func refusal(_ text: String) -> DatasetError? {
    do {
      _ = try parse(text)
      return nil
    } catch {
      return error as? DatasetError
    }
  }

  @Test(arguments: ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\nc,d", "\u{FEFF}a,b\nc,d\n\n\r\n"])
  func lineEndsAndByteOrderMark(text: String) throws {
    let table = try parse(text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows.map(\.line) == [2])
    #expect(table.rows.map(\.cells) == [[.text("c"), .text("d")]])
  }

  @Test func quotedCells() throws {
    #expect(try cells("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n") == [["x, y", "say \"hi\""]])
    #expect(try cells("a,b\n\"\",\"\"\"\"\n") == [[nil, "\""]])
    #expect(try cells("\"a\",\"b\"\n1,2\n") == [["1", "2"]])
  }

  @Test func lineEndsInsideQuotesAreKeptAndCounted() throws {
    let table = try parse("a,b\n\"one\ntwo\r\nthree\",x\nlast,y\n")
    #expect(table.rows.map(\.line) == [2, 5])
    #expect(table.rows.first?.cells.first == .text("one\ntwo\r\nthree"))
  }

  @Test func spacesAndEmptyCellsAreContent() throws {
    #expect(try cells("a,b,c\n x , ,\n") == [[" x ", " ", nil]])
    #expect(try cells("a,b\né,日本 🎈\n") == [["é", "日本 🎈"]])
  }

  @Test(arguments: [
    ("a,b\nx,y\"z\n", 2, "b", DatasetError.Kind.malformedCSV),
    ("a,b\n\"x\"y,z\n", 2, "a", .malformedCSV),
    ("a,b\nx,y\nz,\"open\nand on\n", 3, "b", .malformedCSV),
    ("a,b\nx\ry,z\n", 2, "a", .malformedCSV),
    ("a,b\nx\0,z\n", 2, "a", .malformedCSV),
    ("a,b,c\nx,y\n", 2, "c", .raggedRow),
    ("a,b\nx,y\nx,y,z\n", 3, "3", .raggedRow),
    ("a,b\nx,y\n\nx,y\n", 3, "b", .raggedRow),
  ])
  func refusals(text: String, line: Int, column: String, kind: DatasetError.Kind) throws {
    let error = try #require(refusal(text))
    #expect(error.kind == kind)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(error.message.hasPrefix("m.csv line \(line), column \"\(column)\": "))
    #expect(!error.hint.isEmpty)
  }

  @Test func bytesThatAreNoUTF8AreRefused() throws {
    let bytes = Array("a,b\nx,".utf8) + [0xC3, 0x28] + Array("\n".utf8)
    let error = #expect(throws: DatasetError.self) {
      try ParsedManifest(bytes, by: CSVParser(file: "m.csv"))
    }
    #expect(error?.kind == .notUTF8)
    #expect(error?.line == 2)
    #expect(error?.column == "b")
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"])
  func emptyFiles(text: String) {
    #expect(refusal(text)?.kind == .noSamples)
  }
}
