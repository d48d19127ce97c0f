import SeededRandom
import Testing

@testable import EAURepl

@Suite("JSON")
struct JSONTests {
  @Test func writesCompactOrderedText() {
    let value: JSONValue = [
      "zeta": 1, "alpha": [1.5, true, nil, "x"], "empty": [:] as JSONValue, "list": [],
    ]
    #expect(value.text() == #"{"zeta":1,"alpha":[1.5,true,null,"x"],"empty":{},"list":[]}"#)
  }

  @Test(
    "numbers are the shortest decimals that read back",
    arguments: [
      (0.1, "0.1"), (1.0, "1.0"), (-0.0, "-0.0"), (1e300, "1e+300"),
      (.leastNonzeroMagnitude, "5e-324"),
      (0.1 + 0.2, "0.30000000000000004"), (.nan, "null"), (.infinity, "null"),
      (-.infinity, "null"), (123456789.0, "123456789.0"),
    ])
  func numbers(_ value: Double, _ text: String) {
    #expect(JSONValue.number(value).text() == text)
  }

  @Test func keepsAFloatsOwnDecimal() {
    #expect(JSONValue(Float(0.1)).text() == "0.1")
    #expect(JSONValue(Float.nan).text() == "null")
    #expect(JSONValue([Float(0.25), 3]).text() == "[0.25,3.0]")
  }

  @Test func escapesWhatTheFormatAndTheTerminalDemand() {
    let value = JSONValue.string("\"\\/\n\r\t\u{8}\u{C}\u{0}\u{1B}\u{7F}\u{9B}\u{202E}\u{E0041}é😀")
    #expect(
      value.text()
        == #""\"\\/\n\r\t\b\f\u0000\u001b\u007f\u009b\u202e\udb40\udc41é😀""#)
  }

  @Test func optionalsBecomeNull() {
    #expect(JSONValue(nil as Double?).text() == "null")
    #expect(JSONValue("a" as String?).text() == #""a""#)
    #expect(JSONValue(7 as Int?) == 7)
  }

  @Test func givesAccessByKeyAndIndex() throws {
    let value = try JSONValue.parse(#"{"a":[10,{"b":"c"}],"d":2.5}"#)
    #expect(value["a"]?[0]?.integer == 10)
    #expect(value["a"]?[1]?["b"]?.string == "c")
    #expect(value["d"]?.double == 2.5)
    #expect(value["a"]?[2] == nil)
    #expect(value["x"] == nil)
  }

  @Test(
    "refuses what is not JSON",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "01", "1.", ".5", "+1",
      "1e", "-", "nul", "truex", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
      "\"\\udc00\"", "\"\n\"", "1e999", "[1] 2", "{\"a\":1,\"a\":2}", "// x\n1", "'a'", "NaN",
    ])
  func refuses(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text) }
  }

  @Test func boundsTheDepth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(deep) }
  }

  @Test func readsEscapesAndSurrogates() throws {
    #expect(try JSONValue.parse(#""\u0041\ud83d\ude00\/\b\f""#) == "A😀/\u{8}\u{C}")
    #expect(try JSONValue.parse(" [ 1 , -0 , 1e2 ] ").text() == "[1,-0.0,100.0]")
    // One more than Int holds.
    #expect(try JSONValue.parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
  }

  @Test func everyValueReadsBackTheSame() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      let value = randomValue(&random, depth: 0)
      let text = value.text()
      #expect(!text.contains("\n"))
      #expect(try JSONValue.parse(text) == value)
    }
  }

  private func randomValue(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch random.index(below: depth < 4 ? 7 : 5) {
    case 0: return .null
    case 1: return .bool(random.index(below: 2) == 0)
    case 2: return .integer(Int(truncatingIfNeeded: random.next() >> random.next() % 64))
    case 3:
      let value = Double(bitPattern: random.next())
      return .number(value.isFinite ? value : 0.5)
    case 4: return .string(randomText(&random))
    case 5:
      return .array(
        (0..<random.index(below: 5)).map { _ in randomValue(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<random.index(below: 5)).map {
          ("\($0)" + randomText(&random), randomValue(&random, depth: depth + 1))
        })
    }
  }
}
