import Fusion
import ModalityKit
import Testing

@testable import EAURepl

/// What TAB offers, from the descriptions of commands, encoders and data.
@Suite("completion")
struct CompletionTests {
  private let completer = Completer(session: Session(seed: 1))

  private func candidates(_ line: String, _ completer: Completer? = nil) -> [String] {
    (completer ?? self.completer).complete(line, cursor: line.utf8.count).candidates
  }

  @Test func commandsAndTheirAliases() {
    #expect(candidates("wei") == ["weights"])
    #expect(candidates("").count == Commands.all.count)
    #expect(candidates("open demo; tra") == ["train", "transcript"])
    #expect(candidates("nonsense ") == [])
    #expect(candidates("open demo # wei") == [])
  }

  @Test func optionsOnceEachAndTheirValues() {
    #expect(candidates("sweep image gaussian --") == ["--split"])
    #expect(candidates("sweep image gaussian --split ") == ["train", "validation", "test"])
    #expect(candidates("sweep image gaussian --split=va") == ["--split=validation"])
    #expect(!candidates("samples --split test --").contains("--split"))
    #expect(candidates("evaluate --corrupt a:b:1 --c") == ["--corrupt"])
    #expect(candidates("weights ") == [], "it takes nothing")
    #expect(candidates("train --alpha per") == ["perDimension", "perModality"])
  }

  @Test func wordsByTheirPlace() {
    #expect(candidates("corrupt ").contains("image"))
    #expect(candidates("corrupt image ga") == ["gaussian", "gaussian-rgb"])
    #expect(candidates("corrupt audio ").contains("noise"))
    #expect(!candidates("corrupt audio ").contains("gaussian"))
    #expect(candidates("train ca").contains("calibrated"))
    #expect(candidates("mode ") == ["table", "json", "jsonl", "csv", "markdown"])
    #expect(candidates("help wei") == ["weights"])
    #expect(candidates("plugin ch") == ["check"])
  }

  @Test func settingsAndTheirValues() {
    #expect(candidates("train clam") == ["clamp="])
    #expect(candidates("train clamp=") == ["clamp=zero", "clamp=inward"])
    #expect(candidates("use text bag-of-words weigh") == ["weighting="])
    #expect(candidates("use text bag-of-words weighting=c") == ["weighting=counts"])
    #expect(candidates("use image ") == ["thumbnail-hog", "vector"])
  }

  private func completer(ids: [String], classes: [String] = ["a cat", "dog"]) throws -> Completer {
    let samples = ids.map {
      Dataset.Sample(id: $0, label: 0, split: .train, inputs: [.text("x")])
    }
    let dataset = Dataset(
      name: "d", modalities: ["text"], classes: classes, samples: samples)
    var session = Session(seed: 1)
    session.data = try session.core.encode(
      dataset, encoders: try session.configuredEncoders(for: dataset), cache: nil,
      monitor: .silent)
    return Completer(session: session)
  }

  @Test func idsAndClassesInQuotesWhereTheyNeedThem() throws {
    let completer = try completer(ids: ["plain", "two words", "it's", "semi;colon"])
    #expect(candidates("sample pl", completer) == ["plain"])
    #expect(candidates("sample tw", completer) == ["'two words'"])
    #expect(candidates("sample 'two w", completer) == ["'two words'"])
    #expect(candidates("sample \"two w", completer) == ["'two words'"])
    #expect(candidates("sample it", completer) == ["\"it's\""])
    #expect(candidates("sample se", completer) == ["'semi;colon'"])
    #expect(candidates("samples 'a", completer) == ["'a cat'"])
    let completion = completer.complete("é; sample 'two w", cursor: "é; sample 'two w".utf8.count)
    #expect(completion.start == "é; sample ".utf8.count)
  }

  /// Whatever is offered is one word again when it is read.
  @Test func whatIsOfferedReadsBack() throws {
    let ids = ["a b", "c'd", "e\"f", "g'\"h", "#i", "j#", "k\\l", "--m", "n=o", "", "p\u{1B}q"]
    for id in ids {
      let statements = try Tokenizer.statements(in: "sample \(Word.written(id))")
      #expect(statements.first?.words.last?.text == id, "\(id)")
      #expect(Arguments(statements[0].words.dropFirst()).positional == [id])
    }
  }

  /// Of very many a few are named; what all have in common is kept.
  @Test func aHundredThousandIds() throws {
    let completer = try completer(ids: (0..<100_000).map { "sample-\($0)" })
    let all = completer.complete("sample s", cursor: 8)
    #expect(all.candidates.count <= 202)
    #expect(all.candidates.count + all.more == 100_000)
    #expect(all.candidates.contains("sample-99999"))
    #expect(candidates("sample sample-9999", completer).count == 11)
  }

  /// Any text up to the cursor, in any state of quoting, is answered and starts within the line.
  @Test(arguments: 0..<300) func anyLineIsAnswered(_ seed: Int) {
    var line = ""
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let pieces = [
      "open", "corrupt", "image", " ", " ", "'", "\"", ";", "#", "\\", "--split", "=", "é", "train",
      "clamp=", "./", "~", "use", "text", "\t", "--", "plugin", "load",
    ]
    for _ in 0..<(seed % 12) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      line += pieces[Int((state >> 33) % UInt64(pieces.count))]
    }
    let completion = completer.complete(line, cursor: line.utf8.count)
    #expect((0...line.utf8.count).contains(completion.start ?? 0))
  }
}
