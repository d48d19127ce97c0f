import Foundation
import ModalityKit
import Testing

@testable import Modalities

/// Against Snowball's own Python code; `make_stems.py` wrote the words.
@Suite struct StemmingTests {
  private static func golden() throws -> [(algorithm: String, pairs: [[String]])] {
    try Fixture.json("stems.json", as: [String: [[String]]].self)
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  @Test func stemsEqualSnowball() throws {
    let golden = try Self.golden()
    #expect(golden.count == 29)
    for (algorithm, pairs) in golden {
      let encoder = try BagOfWordsEncoder.typed(["stemmer=\(algorithm)"])
      let signal = try encoder.decode(.text(pairs.map { $0[0] }.joined(separator: " ")))
      // Words stay as they are written until they are counted.
      #expect(signal.tokens == pairs.map { $0[0] }, "\(algorithm)")
      let found = Set(try encoder.fit([signal]).words.terms.map { Array($0.utf8) })
      #expect(found == Set(pairs.map { Array($0[1].utf8) }), "\(algorithm)")
    }
  }

  @Test func everyAlgorithmOfTheLibraryCanBeChosen() throws {
    let names = Stemming.all.map(\.rawValue)
    #expect(names.first == "none" && names.count > 20 && Set(names).count == names.count)
    for name in names {
      _ = try BagOfWordsEncoder.typed(["stemmer=\(name)"])
      _ = try HashedWordsEncoder.typed(["stemmer=\(name)"])
    }
    #expect(errorKind { _ = try BagOfWordsEncoder.typed(["stemmer=klingon"]) } == .badParameter)
    // A saved model's choice is checked as well.
    let type = EncoderType(HashedWordsEncoder.self)
    let saved = Data(#"{"stemmer":"klingon"}"#.utf8)
    #expect(errorKind { _ = try type.make(configurationJSON: saved) } == .badParameter)
  }

  /// "becoming" is a stop word and its stem "becom" is not; with "doing" and "do" it is the other
  /// way round. Runs are of stems.
  @Test func stopWordsGoFirstAndRunsComeLast() throws {
    let encoder = try BagOfWordsEncoder.typed([
      "stemmer=english", "stopWords=english", "ngrams=2", "weighting=counts", "norm=none",
    ])
    let signal = try encoder.decode(.text("Becoming the runner is running; doing his runs"))
    let state = try encoder.fit([signal])
    #expect(state.words.terms == ["do", "do run", "run", "run do", "runner", "runner run"])
    #expect(encoder.weights(signal, state).prefix(6).map(\.value) == [1, 1, 2, 1, 1, 1])
    #expect(encoder.schema(state).names.prefix(2) == ["word:do", "word:do run"])
    // Four words count, of one text alone.
    let length = encoder.weights(signal, state).suffix(2).map(\.value)
    #expect(abs(length[0] - log(5.0) / 4) < 1e-15 && length[1] == 1)
  }

  @Test func formsOfAWordAreOneFeature() throws {
    let bag = try BagOfWordsEncoder.typed(["stemmer=german", "lengthFeatures=off"])
    let state = try bag.fit([try bag.decode(.text("Häuser"))])
    #expect(bag.weights(try bag.decode(.text("Haus Hauses häusern")), state).count == 1)
    #expect(bag.warnings(try bag.decode(.text("Hauses")), state) == [])
    let hashed = try HashedWordsEncoder.typed(["stemmer=english", "norm=none", "signed=off"])
    let plain = try HashedWordsEncoder.typed(["norm=none", "signed=off"])
    let found = hashed.weights(try hashed.decode(.text("nations national")))
    let want = plain.weights(try plain.decode(.text("nation nation")))
    #expect(found.map(\.column) == want.map(\.column) && found.map(\.value) == [2])
  }

  @Test func characterTermsAndCorruptionsSeeWrittenWords() throws {
    let encoder = try BagOfWordsEncoder.typed(["stemmer=english", "characters=3"])
    let signal = try encoder.decode(.text("flying"))
    let state = try encoder.fit([signal])
    #expect(state.words.terms == ["fli"])
    #expect(state.characters.terms == [" fl", "fly", "ing", "lyi", "ng ", "yin"])
    let typo = try #require(BagOfWordsEncoder.corruptions.first { $0.descriptor.name == "typo" })
    #expect(typo.apply(signal, severity: 10, seed: 1).signal.tokens[0].count == 6)
  }

  /// An encoder is shared by threads, a stemmer is not.
  @Test func severalThreadsAtOnce() async throws {
    let encoder = try HashedWordsEncoder.typed(["stemmer=french"])
    let signals = try (0..<64).map { index in
      try encoder.decode(.text("continuellement chevaux mangeaient \(index) majestueusement"))
    }
    let alone = signals.map { encoder.weights($0).map(\.column) }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for (signal, want) in zip(signals, alone) {
            #expect(encoder.weights(signal).map(\.column) == want)
          }
        }
      }
    }
  }
}
