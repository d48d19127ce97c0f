import Foundation
import ModalityKit
import Testing

@testable import Modalities

/// scikit-learn's rows for every option; `make_text_options.py` wrote them.
struct TextOptions: Decodable {
  let documents: [String]
  let words: [Case]
  let characters: [Case]
  let hashed: [Case]

  struct Case: Decodable {
    let options: [String]
    let vocabulary: [String]?
    let idf: [Double]?
    let rows: [[[Double]]]
  }

  static func read() throws -> TextOptions {
    try Fixture.json("text-options.json", as: TextOptions.self)
  }
}

@Suite struct BagOfWordsOptionsTests {
  static let scikitLearn = BagOfWordsTests.scikitLearn.map { "\($0.name)=\($0.value)" }

  private func check(
    _ found: [(column: Int, value: Double)], _ row: [[Double]], _ options: [String]
  ) {
    #expect(found.map(\.column) == row.map { Int($0[0]) }, "\(options)")
    #expect(relativeDifference(found.map(\.value), row.map { $0[1] }) < 1e-12, "\(options)")
  }

  private func check(
    _ vocabulary: Vocabulary, _ want: TextOptions.Case
  ) {
    // By bytes: Swift's == is canonical equivalence.
    #expect(
      vocabulary.terms.map { Array($0.utf8) } == want.vocabulary?.map { Array($0.utf8) },
      "\(want.options)")
    #expect(relativeDifference(vocabulary.idf, want.idf ?? []) < 1e-12, "\(want.options)")
  }

  @Test func wordsEqualScikitLearn() throws {
    let golden = try TextOptions.read()
    for want in golden.words {
      let encoder = try BagOfWordsEncoder.typed(Self.scikitLearn + want.options)
      let signals = try golden.documents.map { try encoder.decode(.text($0)) }
      let state = try encoder.fit(signals)
      check(state.words, want)
      for (signal, row) in zip(signals, want.rows) {
        check(encoder.weights(signal, state), row, want.options)
      }
    }
  }

  @Test func charactersEqualScikitLearn() throws {
    let golden = try TextOptions.read()
    for want in golden.characters {
      let encoder = try BagOfWordsEncoder.typed(Self.scikitLearn + want.options)
      let signals = try golden.documents.map { try encoder.decode(.text($0)) }
      let state = try encoder.fit(signals)
      check(state.characters, want)
      let offset = state.words.terms.count
      for (signal, row) in zip(signals, want.rows) {
        let found = encoder.weights(signal, state).filter { $0.column >= offset }
          .map { ($0.column - offset, $0.value) }
        check(found, row, want.options)
      }
      // The saved state keeps terms apart that Swift's == would take for one.
      let saved = try JSONEncoder().encode(state)
      #expect(try JSONDecoder().decode(BagOfWordsEncoder.State.self, from: saved) == state)
    }
  }

  @Test func accentsAreStrippedUnderTheUnicodeRuleToo() throws {
    let encoder = try BagOfWordsEncoder.typed(["accents=strip"])
    let signal = try encoder.decode(.text("Cafe\u{301} CAFÉ ﬁne 한국어 हिन्दी"))
    // The virama is of a combining class and goes, vowel signs are not and stay.
    #expect(signal.tokens == ["cafe", "cafe", "fine", "한국어", "हिनदी"])
  }

  @Test func stopWordsAreSeenByCorruptionsAndNotCounted() throws {
    let encoder = try BagOfWordsEncoder.typed(["stopWords=english", "ngrams=2"])
    let signal = try encoder.decode(.text("the fox and the dog"))
    #expect(signal.tokens == ["the", "fox", "and", "the", "dog"])
    let state = try encoder.fit([signal, signal])
    #expect(state.words.terms == ["dog", "fox", "fox dog"])
    // Two words that count, both familiar.
    let length = encoder.weights(signal, state).suffix(1)
    #expect(length.map(\.column) == [3])
    #expect(length.allSatisfy { abs($0.value - log(3.0) / 4) < 1e-15 })
    #expect(encoder.preview(signal).warnings == [])
    let empty = try encoder.decode(.text("and the"))
    #expect(encoder.preview(empty).warnings == ["nothing but stop words"])
    #expect(encoder.weights(empty, state).isEmpty)
    #expect(encoder.warnings(empty, state) == [])
    #expect(EnglishStopWords.all.count == 318)
  }

  @Test func wordsTooCommonForAColumnAreFamiliar() throws {
    let encoder = try BagOfWordsEncoder.typed(["maximumDocuments=0.5"])
    let signals = try ["red fish", "blue fish", "red bird"].map { try encoder.decode(.text($0)) }
    let state = try encoder.fit(signals)
    #expect(state.words.terms == ["bird", "blue"])
    #expect(state.words.common == ["fish", "red"])
    // "red fish" has only its length; of "fish bird", bird is in one text alone.
    #expect(encoder.weights(signals[0], state).map(\.column) == [2])
    let unfamiliar = encoder.weights(try encoder.decode(.text("fish bird")), state).suffix(1)
    #expect(unfamiliar.map(\.column) == [3] && unfamiliar.map(\.value) == [0.5])
    #expect(encoder.warnings(signals[0], state) == [])
    let saved = try JSONEncoder().encode(state)
    #expect(try JSONDecoder().decode(BagOfWordsEncoder.State.self, from: saved) == state)
  }

  @Test func charactersOfASpoiledTextAreThoseOfItsWords() throws {
    let encoder = try BagOfWordsEncoder.typed([
      "charactersFrom=text", "characters=3", "weighting=counts", "norm=none",
    ])
    let signal = try encoder.decode(.text("Ab, c!"))
    #expect(try encoder.fit([signal]).characters.terms == [" c!", ", c", "ab,", "b, "])
    let mask = try #require(BagOfWordsEncoder.corruptions.first { $0.descriptor.name == "mask" })
    let masked = mask.apply(signal, severity: 10, seed: 1).signal
    #expect(try encoder.fit([masked]).characters.terms == ["_ _"])
  }

  @Test func impossibleOptionsAreRefused() throws {
    for options in [
      ["shortestCharacters=2"], ["characters=2", "shortestCharacters=3"],
      ["maximumDocuments=1.5"], ["stopWords=german"], ["accents=ascii"], ["charactersFrom=sound"],
    ] {
      let kind = errorKind { _ = try BagOfWordsEncoder.typed(options) }
      #expect(kind == .badParameter, "\(options)")
    }
  }
}
