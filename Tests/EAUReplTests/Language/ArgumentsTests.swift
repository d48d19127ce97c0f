import Testing

@testable import EAURepl

@Suite("arguments")
struct ArgumentsTests {
  private func arguments(_ text: String, flags: [String] = []) throws -> Arguments {
    let words = try Tokenizer.statements(in: text).first?.words ?? []
    return Arguments(words.dropFirst(), flags: flags)
  }

  @Test func sortsWords() throws {
    let found = try arguments("use image hog bins=9 --seed 3 --split=test size=\"4 x 4\" last")
    #expect(found.positional == ["image", "hog", "last"])
    #expect(
      found.options == [.init(name: "seed", value: "3"), .init(name: "split", value: "test")])
    #expect(
      found.settings == [.init(key: "bins", value: "9"), .init(key: "size", value: "4 x 4")])
  }

  @Test func flagsTakeNoValue() throws {
    let found = try arguments("v --check file --all", flags: ["check"])
    #expect(found.positional == ["file"])
    #expect(found.options == [.init(name: "check", value: nil), .init(name: "all", value: nil)])
    #expect(found.has("all"))
    #expect(!found.has("file"))
  }

  @Test func anOptionIsNoValueOfAnother() throws {
    let found = try arguments("v --a --b 1 --c -- --d")
    #expect(
      found.options == [
        .init(name: "a", value: nil), .init(name: "b", value: "1"), .init(name: "c", value: nil),
      ])
    #expect(found.positional == ["--d"])
  }

  @Test func negativeNumbersAreValues() throws {
    let found = try arguments("v --x -3 -4 y=-5")
    #expect(try found.integer(of: "x", in: -10...10) == -3)
    #expect(found.positional == ["-4"])
    #expect(found.settings == [.init(key: "y", value: "-5")])
  }

  @Test func quotedWordsMeanThemselves() throws {
    let found = try arguments(#"v "--seed" 'a=b' "x"=y 1=2 =z é=1 "#)
    #expect(found.options.isEmpty)
    #expect(found.settings.isEmpty)
    #expect(found.positional == ["--seed", "a=b", "x=y", "1=2", "=z", "é=1"])
    #expect(try arguments(#"v --name="a=b""#).options == [.init(name: "name", value: "a=b")])
    #expect(try arguments(#"v --name "--x""#).options == [.init(name: "name", value: "--x")])
    #expect(try arguments("v k=a=b").settings == [.init(key: "k", value: "a=b")])
  }

  @Test func typedValues() throws {
    let found = try arguments("v --n 7 --x 0.5 --s 1 --s 2 --empty")
    #expect(try found.integer(of: "n", in: 1...10) == 7)
    #expect(try found.number(of: "x", in: 0...1) == 0.5)
    #expect(try found.integer(of: "absent", in: 1...10) == nil)
    #expect(found.values(of: "s") == ["1", "2"])
    #expect(try found.value(of: "s") == "2")
    #expect(throws: LanguageError.self) { try found.value(of: "empty") }
    #expect(throws: LanguageError.self) { try found.integer(of: "x", in: 0...1) }
    #expect(throws: LanguageError.self) { try found.integer(of: "n", in: 1...6) }
    #expect(throws: LanguageError.self) { try found.number(of: "n", in: 0...1) }
    let infinite = try arguments("v --x inf --y nan")
    #expect(throws: LanguageError.self) { try infinite.number(of: "x", in: 0...(.infinity)) }
    #expect(throws: LanguageError.self) { try infinite.number(of: "y", in: 0...1) }
  }

  @Test func unknownOptionsAreNamed() throws {
    let found = try arguments("v --sed 3")
    let error = try #require(throws: LanguageError.self) {
      try found.checkOptions(known: ["split", "seed"])
    }
    #expect(error.message == "unknown option --sed")
    #expect(error.hint == "did you mean --seed?")
    #expect(throws: Never.self) { try found.checkOptions(known: ["sed"]) }
    let none = try #require(throws: LanguageError.self) { try found.checkOptions(known: []) }
    #expect(none.hint == "this command takes no options")
  }

  @Test func tooManyWordsAreNamed() throws {
    let found = try arguments("v a b")
    #expect(throws: Never.self) { try found.checkPositional(atMost: 2) }
    let error = try #require(throws: LanguageError.self) { try found.checkPositional(atMost: 1) }
    #expect(error.message == "expected at most 1 argument, found 2: \"b\" is one too many")
  }
}
