import SeededRandom
import Testing

@testable import EAURepl

/// The language of lessons' checks and answers, without a session.
@Suite("expressions")
struct ExpressionTests {
  private let context = ExpressionContext(
    remembered: [.init(name: "low", value: .number(2)), .init(name: "low", value: .number(3))],
    functions: ArithmeticFunctions.all)

  private func value(_ text: String) throws -> ExpressionValue {
    try Expression(text, functions: ArithmeticFunctions.all).value(in: context)
  }

  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5),
    ("10 − 4 − 3", 3), ("8 / 4 / 2", 1), ("3 × 2 · 2", 12), (".5 + 1e-1", 0.6), ("--3", 3),
    ("exp(0) + ln(e) + sqrt(16)", 6), ("min(3, 1, 2) + max(1, 5)", 6), ("round(2.345, 2)", 2.35),
    ("abs(-4) + round(2.4)", 6), ("low * 2", 6), ("pi", .pi),
  ])
  func arithmetic(_ text: String, _ expected: Double) throws {
    let found = try value(text).number("test")
    #expect(abs(found - expected) < 1e-12 * max(1, abs(expected)), "\(found)")
  }

  @Test(arguments: [
    ("1 < 2 and 2 <= 2", true), ("1 > 2 or 3 >= 4", false), ("not 1 = 2", true),
    ("not not 1 = 2", false), ("0.1 + 0.2 = 0.3", true), ("2 ≠ 3 and 2 ≤ 3 and not 2 ≥ 3", true),
    ("image = IMAGE", true), ("image = \"text\"", false), ("yes and not no", true),
    ("1 == 1 and 1 != 2", true), ("1 = 2 or 1 < 2 and 3 = 3", true),
    // What decides already is not followed by what has no value.
    ("1 = 2 and image < 3", false), ("1 = 1 or image < 3", true),
  ])
  func truths(_ text: String, _ expected: Bool) throws {
    #expect(try value(text) == .truth(expected))
  }

  @Test(arguments: [
    ("", "empty"), ("1 +", "missing at the end"), ("1 2", "\"2\" is not expected"),
    ("(1", "a \")\" is missing"), ("sqrt(1", "a \")\" is missing"), ("sqrt(1; 2)", "\";\""),
    ("sqr(2)", "did you mean sqrt()?"), ("sqrt(1, 2)", "is given 2 arguments"),
    ("\"open", "not closed"), ("1 < 2 < 3", "\"<\" is not expected"), ("§", "belongs to no"),
    ("1e999", "is no number"), ("*", "\"*\" is not expected"), ("1 ! 2", "belongs to no"),
    (String(repeating: "(", count: 200) + "1", "brackets inside each other"),
    (String(repeating: "1+", count: 600) + "1", "too long"),
  ])
  func refused(_ text: String, _ message: String) {
    #expect {
      _ = try Expression(text, functions: ArithmeticFunctions.all)
    } throws: { error in
      (error as? ExpressionError)?.message.contains(message) == true
    }
  }

  @Test(arguments: [
    ("image + 1", "+ expects a number, found the word \"image\""),
    ("1 and 2 = 2", "and expects yes or no, found the number 1"),
    ("not 3", "not expects yes or no"),
    ("sqrt(image)", "sqrt() expects a number"), ("-image", "− expects a number"),
  ])
  func wrongKinds(_ text: String, _ message: String) throws {
    let expression = try Expression(text, functions: ArithmeticFunctions.all)
    #expect {
      _ = try expression.value(in: context)
    } throws: { error in
      (error as? ExpressionError)?.message.contains(message) == true
    }
  }

  /// A learner's arithmetic cannot ask the session: that would give the answer away.
  @Test func answersKnowNoSession() throws {
    #expect(throws: ExpressionError.self) {
      _ = try Expression("alpha(image)", functions: ArithmeticFunctions.all)
    }
    let ours = try Expression("alpha(image)", functions: SessionFunctions.all)
    #expect(throws: ExpressionError.self) {
      _ = try ours.value(in: ExpressionContext(functions: SessionFunctions.all))
    }
  }

  /// Whatever is typed becomes a value or an error, never a crash.
  @Test func anything() {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "1", "2.5", "1e5", "image", "alpha(", "kl(", "sqrt(", ")", "(", ",", "+", "-", "*", "/", "^",
      "<", "=", "!=", "and", "or", "not", "\"a b\"", "'", "\"", " ", "π", "\u{0}", "e", "round(",
      "result(", "choose(", "{", "}", ";", "−", "≤", "999999999999999999999", ".", "..", "1e",
    ]
    var understood = 0
    let nothing = ExpressionContext(functions: SessionFunctions.all)
    for _ in 0..<20_000 {
      let text = (0..<generator.index(below: 12)).map { _ in
        pieces[generator.index(below: pieces.count)]
      }.joined(separator: generator.index(below: 2) == 0 ? "" : " ")
      guard let expression = try? Expression(text, functions: SessionFunctions.all) else {
        continue
      }
      understood += 1
      _ = try? expression.value(in: nothing)
    }
    #expect(understood > 200)
  }

  @Test func functionNamesAreUniqueAndExplained() {
    let functions = SessionFunctions.all
    #expect(Set(functions.map(\.name)).count == functions.count)
    for function in functions {
      #expect(function.usage.hasPrefix(function.name + "("), "\(function.name)")
      #expect(!function.summary.isEmpty)
    }
  }
}
