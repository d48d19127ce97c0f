import ModalityKit
import SeededRandom
import Testing

@Suite struct NumberListTests {
  private func number(_ text: String) -> Double? { decimalNumber(Array(text.utf8)[...]) }

  private func parse(_ text: String, limit: Int = 100) throws -> [Double] {
    try NumberList.parse(Array(text.utf8), name: "row", limit: limit)
  }

  /// The standard library's reading is the correctly rounded one.
  @Test func numbersAreRoundedAsTheStandardLibraryDoes() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let digits = (0...generator.index(below: 20)).map { _ in "\(generator.index(below: 10))" }
      let whole = digits.joined()
      let fraction = generator.uniform() < 0.5 ? "" : ".\(generator.index(below: 1_000_000))"
      let exponent = generator.uniform() < 0.5 ? "" : "e\(generator.index(below: 640) - 330)"
      let sign = ["", "-", "+"][generator.index(below: 3)]
      let text = sign + whole + fraction + exponent
      let expected = try #require(Double(text))
      #expect(number(text) == (expected.isFinite ? expected : nil), "\(text)")
    }
    #expect(number("-0")?.sign == .minus)
    #expect(number(".5") == 0.5 && number("5.") == 5)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1e999999", "1.2.3", "0x10", "nan", "inf", "-infinity",
    "1 2", " 1", "1,5", "1_000", "١", "1e5.0", "--1", "1f",
  ])
  func whatIsNoNumber(_ text: String) { #expect(number(text) == nil) }

  @Test(arguments: [
    "1,-2.5,3e2", "1;-2.5;3e2", "1\t-2.5\t3e2", "1 -2.5 3e2", "1, -2.5,  3e2", " 1  -2.5 \t3e2\r\n",
    "[1, -2.5, 3e2]\n", "\u{FEFF}1,-2.5,3e2",
  ])
  func separators(_ text: String) throws { #expect(try parse(text) == [1, -2.5, 300]) }

  @Test(arguments: [
    ("1,,2", EncoderError.Kind.wrongFormat, "place 2, found nothing"),
    ("1,2,", .wrongFormat, "place 3, found nothing"),
    // A decimal comma, not four numbers.
    ("1,5;2,5", .wrongFormat, "place 1, found \"1,5\""),
    ("1,nan", .wrongFormat, "place 2, found \"nan\""),
    ("x1,x2\n1,2\n", .wrongFormat, "several lines"),
    ("1 2 three", .wrongFormat, "place 3, found \"three\""),
    (" \n", .emptyInput, "found none"),
    ("[]", .emptyInput, "found none"),
    ("1 2 3 4 5 6", .tooLarge, "more than 5 numbers"),
  ])
  func refusals(text: String, kind: EncoderError.Kind, words: String) {
    let error = #expect(throws: EncoderError.self) { try parse(text, limit: 5) }
    #expect(error?.kind == kind)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func whichInputsHoldNumbers() {
    let yes: [RawInput] = [
      .numbers([]), .file(path: "/a/B.NPY"), .text("1, 2"), .text("42"),
      .bytes([], name: "row.csv"),
    ]
    #expect(yes.allSatisfy { $0.holdsNumbers })
    let no: [RawInput] = [.text("two 2"), .text(""), .file(path: "a.png"), .text("1\n2")]
    #expect(no.allSatisfy { !$0.holdsNumbers })
  }
}
