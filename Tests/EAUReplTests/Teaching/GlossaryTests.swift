import Testing

@testable import EAURepl

/// `help TERM`: the glossary is in order, and every door it names is there.
@Suite("glossary")
struct GlossaryTests {
  @Test func knowsTheWordsOfTheMethod() throws {
    let glossary = try Glossary()
    #expect(glossary.entries.count >= 50)
    for word in [
      "sigma", "mu", "logvar", "alpha", "UDR", "URA", "VIB", "KL", "severity", "MFCC", "mel",
      "hop length", "tf-idf", "HOG", "ECE", "AURC", "Brier", "NLL", "aleatoric", "epistemic",
      "calibrated", "paper", "novelty", "σ", "α", "x̂", "l_udr", "HOPLENGTH",
    ] {
      #expect(glossary.entry(word) != nil, "\(word)")
    }
  }

  @Test func everyWordMeansOneThing() throws {
    let words = try Glossary().words.map { $0.lowercased() }
    #expect(
      Set(words).count == words.count, "\(words.filter { word in words.count { $0 == word } > 1 })")
  }

  @Test func everyDoorIsThere() throws {
    let glossary = try Glossary()
    let commands = Commands.all.map { $0.name }
    for entry in glossary.entries {
      for other in entry.seeAlso {
        #expect(glossary.entry(other)?.term == other, "\(entry.term) sees \(other)")
        #expect(other != entry.term)
      }
      #expect(!entry.commands.isEmpty || !entry.seeAlso.isEmpty, "\(entry.term)")
      for command in entry.commands {
        let words = command.split(separator: " ").map(String.init)
        #expect(commands.contains(words[0]), "\(entry.term): \(command)")
        switch words[0] {
        case "explain": #expect(throws: Never.self) { try ExplainedTerm.find(words[1]) }
        case "lesson": #expect(throws: Never.self) { try LessonShelf.find(words[1]) }
        default: break
        }
      }
    }
  }

  /// What commands point to is a command or a term, and no term hides behind a command.
  @Test func commandsPointToPages() throws {
    let glossary = try Glossary()
    for command in Commands.all {
      for topic in command.seeAlso {
        #expect(
          Commands.named(topic) != nil || glossary.entry(topic) != nil, "\(command.name): \(topic)")
      }
    }
    for word in glossary.words { #expect(Commands.named(word) == nil, "\(word)") }
  }

  @Test func helpAndCompletionKnowTerms() throws {
    var play = try Playground()
    #expect(try play.run("help KL")["term"] == "KL")
    #expect(try play.run("help 'hop length'")["term"] == "hop length")
    #expect(try play.failure("help nothing").error.code == "unknown-topic")
    func offered(_ line: String) -> [String] {
      Completer(session: play.session).complete(line, cursor: line.utf8.count).candidates
    }
    #expect(offered("help sig") == ["sigma"])
    #expect(offered("explain al") == ["alpha", "aleatoric"])
    #expect(offered("lesson sk") == ["skip"])
    try play.run("lesson sigma")
    #expect(offered("lesson cal") == ["calibration"])
  }

  /// Two to four sentences that fit a screen.
  @Test func entriesAreShort() throws {
    for entry in try Glossary().entries {
      let sentences = entry.text.split(separator: /[.:?](?=\s|$)|;/).count
      #expect((1...5).contains(sentences), "\(entry.term): \(sentences)")
      let lines = TerminalRenderer(style: TerminalStyle()).render(entry.report)
      #expect(lines.split(separator: "\n").count <= 12, "\(entry.term)")
    }
  }

  @Test func whatNobodyKnowsIsSaid() throws {
    let glossary = try Glossary()
    let error = #expect(throws: CommandError.self) { try glossary.report("sgima") }
    #expect(error?.code == "unknown-topic")
    #expect(error?.hint == "did you mean `help sigma`?")
  }

  @Test(arguments: [
    ("is: x", "line 1: expected `term:` first"), ("term: a\nis:", "line 1: `term:` or `is:` is"),
    ("term: a\nis: b\nsea: c", "line 3: `sea:` is not expected"),
    ("term: a\nis: b\nwhat", "line 3: expected `key: value`"),
    ("  lost", "line 1: an indented line stands before"), ("Term: a", "line 1: expected a key"),
  ])
  func badFiles(_ text: String, _ message: String) {
    let error = #expect(throws: CommandError.self) { try Glossary(text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }
}

@Suite("keyed text")
struct KeyedTextTests {
  @Test func linesBecomeEntries() throws {
    let text = try KeyedText(
      """
      # a comment
      title: One
        and more

        second paragraph

            a formula
        behind it
      empty:
      last:  with: colon\r
      """)
    #expect(
      text.entries == [
        .init(
          key: "title", value: "One and more\nsecond paragraph\n  a formula\nbehind it", line: 2),
        .init(key: "empty", value: "", line: 9), .init(key: "last", value: "with: colon", line: 10),
      ])
  }
}
