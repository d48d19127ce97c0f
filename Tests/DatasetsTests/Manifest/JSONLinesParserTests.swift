import Datasets
import Testing

@Suite struct JSONLinesParserTests {
  private func parse(_ text: String) throws -> ParsedManifest {
    try ParsedManifest(Array(text.utf8), by: JSONLinesParser(file: "m.jsonl"))
  }

  @Test func keysInOrderOfFirstAppearance() throws {
    let table = try parse(
      """
      {"id":"a","text":"x","label":1}
      \t
      {"audio": null, "id":"b" , "image":"p.png","flag":true}

      """)
    #expect(table.columns == ["id", "text", "label", "audio", "image", "flag"])
    #expect(table.rows.map(\.line) == [1, 3])
    #expect(
      table.rows.map(\.cells) == [
        [.text("a"), .text("x"), .number("1"), .missing, .missing, .missing],
        [.text("b"), .missing, .missing, .missing, .text("p.png"), .text("true")],
      ])
  }

  @Test func escapes() throws {
    let table = try parse(#"{"t":"\"\\\/\b\f\n\r\té\ud83c\udf88 ü🎈","e":""}"#)
    #expect(
      table.rows.first?.cells == [.text("\"\\/\u{8}\u{C}\n\r\té🎈 ü🎈"), .missing])
  }

  @Test func arraysOfNumbers() throws {
    let table = try parse(#"{"v":[1, -2.5e1,0.125], "w":[]}"#)
    #expect(table.rows.first?.cells == [.numbers([1, -25, 0.125]), .numbers([])])
  }

  @Test(arguments: [
    (#"{"a":1"#, "a"), (#"{"a":1,}"#, nil), (#"{"a" 1}"#, "a"), (#"{"a":{"b":1}}"#, "a"),
    (#"{"a":1,"a":2}"#, "a"), (#"{"a":01}"#, "a"), (#"{"a":+1}"#, "a"), (#"{"a":.5}"#, "a"),
    (#"{"a":NaN}"#, "a"), (#"{"a":"x}"#, "a"), (#"{"a":"\x"}"#, "a"), (#"{"a":"\u12g4"}"#, "a"),
    (#"{"a":"\ud800"}"#, "a"), (#"{"a":"\ud800\u0041"}"#, "a"), (#"{"a":["x"]}"#, "a"),
    (#"{"a":[1,]}"#, "a"), (#"{"a":[1"#, "a"), (#"{"a":1} x"#, "a"), ("[1]", nil), ("x", nil),
    (#"{a:1}"#, nil), (#"{"a":"#, "a"), ("{\"a\":\"\u{1}\"}", "a"), (#"{"a":1e999}"#, nil),
  ])
  func refusals(text: String, column: String?) throws {
    // A number beyond Double is text like any other number, and only an array needs its value.
    if text.contains("1e999") {
      #expect(try parse(text).rows.first?.cells == [.number("1e999")])
      return
    }
    let error = #expect(throws: DatasetError.self) { try parse("{}\n" + text) }
    #expect(error?.kind == .malformedJSON)
    #expect(error?.line == 2)
    #expect(error?.column == column)
    #expect(error?.message.contains("line 2") == true)
  }

  @Test func hugeSparseTablesAreRefused() throws {
    let keys = (0..<3000).map { "\"k\($0)\":1" }.joined(separator: ",")
    let text = "{\(keys)}\n" + String(repeating: "{}\n", count: 10_000)
    let error = #expect(throws: DatasetError.self) { try parse(text) }
    #expect(error?.kind == .tooLarge)
  }
}
