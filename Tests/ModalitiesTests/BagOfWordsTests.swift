import Foundation
import Modalities
import ModalityKit
import Testing

@Suite struct BagOfWordsTests {
  struct Golden: Decodable {
    let documents: [String]
    let tokens: [[String]]
    let count: Case
    let defaults: Case
    let sublinear: Case
    let l1: Case
    let noNorm: Case
    let bigrams: Case
    let minimumDocuments2: Case
    let maximumFeatures6: Case

    enum CodingKeys: String, CodingKey {
      case documents, tokens, count
      case defaults = "tfidf_default"
      case sublinear = "tfidf_sublinear"
      case l1 = "tfidf_l1"
      case noNorm = "tfidf_nonorm"
      case bigrams = "tfidf_bigrams"
      case minimumDocuments2 = "tfidf_min_df2"
      case maximumFeatures6 = "tfidf_max_features6"
    }
  }

  struct Case: Decodable {
    let vocabulary: [String]
    let idf: [Double]?
    let rows: [[[Double]]]
  }

  static let scikitLearn: [(name: String, value: String)] = [
    ("tokens", "scikit-learn"), ("minimumLength", "2"), ("characters", "0"),
    ("lengthFeatures", "off"), ("maximumFeatures", "0"),
  ]

  private func encoder(_ options: [(name: String, value: String)]) throws -> BagOfWordsEncoder {
    try BagOfWordsEncoder(
      configuration: overlay(
        Self.scikitLearn + options, on: BagOfWordsConfiguration(),
        describedBy: BagOfWordsEncoder.descriptor.parameters, owner: "bag-of-words"))
  }

  @Test func rowsEqualScikitLearn() throws {
    let golden = try Fixture.json("golden-text.json", as: Golden.self)
    let cases: [(Case, [(name: String, value: String)])] = [
      (golden.count, [("weighting", "counts"), ("norm", "none")]), (golden.defaults, []),
      (golden.sublinear, [("sublinear", "on")]), (golden.l1, [("norm", "l1")]),
      (golden.noNorm, [("norm", "none")]), (golden.bigrams, [("ngrams", "2")]),
      (golden.minimumDocuments2, [("minimumDocuments", "2")]),
    ]
    for (want, options) in cases {
      let encoder = try encoder(options)
      let signals = try golden.documents.map { try encoder.decode(.text($0)) }
      #expect(signals.map(\.tokens) == golden.tokens)
      let state = try encoder.fit(signals)
      #expect(state.words.terms == want.vocabulary, "\(options)")
      if let idf = want.idf { #expect(relativeDifference(state.words.idf, idf) < 1e-12) }
      for (signal, row) in zip(signals, want.rows) {
        let weights = encoder.weights(signal, state)
        #expect(weights.map(\.column) == row.map { Int($0[0]) }, "\(options)")
        #expect(relativeDifference(weights.map(\.value), row.map { $0[1] }) < 1e-12, "\(options)")
      }
    }
  }

  /// Five terms occur more than once; the sixth is one of 28 that occur once. scikit-learn takes
  /// whichever numpy's unstable sort puts first, which differs between processors; here it is the
  /// first by code point.
  @Test func mostFrequentTermsAreKeptAndTiesGoByCodePoint() throws {
    let golden = try Fixture.json("golden-text.json", as: Golden.self)
    let five = try encoder([("maximumFeatures", "5")])
    let signals = try golden.documents.map { try five.decode(.text($0)) }
    let kept = try five.fit(signals).words
    #expect(kept.terms == golden.maximumFeatures6.vocabulary.filter { $0 != "café" })
    let idf = zip(golden.maximumFeatures6.vocabulary, golden.maximumFeatures6.idf ?? [])
      .filter { $0.0 != "café" }.map(\.1)
    #expect(relativeDifference(kept.idf, idf) < 1e-12)
    let six = try encoder([("maximumFeatures", "6")])
    #expect(try six.fit(signals).words.terms == ["2024"] + kept.terms)
  }

  @Test func characterTermsAreThoseOfPaddedWords() throws {
    let encoder = try encoder([("characters", "3"), ("norm", "none"), ("weighting", "counts")])
    let signal = try encoder.decode(.text("abcd ab"))
    let state = try encoder.fit([signal])
    #expect(state.characters.terms == [" ab", "ab ", "abc", "bcd", "cd "])
    // Columns 0 and 1 are the words themselves.
    let weights = encoder.weights(signal, state)
    #expect(weights.map(\.column) == [0, 1, 2, 3, 4, 5, 6])
    #expect(weights.map(\.value) == [1, 1, 2, 1, 1, 1, 1])
  }

  /// Of "fish blue new": fish is in two training texts, blue in one, new in none.
  @Test func lengthFeaturesTellWordsAndUnfamiliarOnes() throws {
    let encoder = try BagOfWordsEncoder.configured()
    let state = try encoder.fit(["red fish", "blue fish"].map { try encoder.decode(.text($0)) })
    #expect(state.words.terms == ["blue", "fish", "red"])
    #expect(state.words.documents == [1, 2, 1])
    #expect(encoder.schema(state).names.suffix(2) == ["length:words", "length:unfamiliar"])
    let weights = encoder.weights(try encoder.decode(.text("fish blue new")), state)
    #expect(weights.map(\.column) == [0, 1, 3, 4])
    #expect(abs(weights[2].value - log(4.0) / 4) < 1e-15)
    #expect(abs(weights[3].value - 2.0 / 3) < 1e-15)
    let familiar = encoder.weights(try encoder.decode(.text("fish")), state)
    #expect(familiar.map(\.column) == [1, 3], "nothing unfamiliar")
  }

  @Test func emptyAndUnknownTextsGiveRows() throws {
    let encoder = try BagOfWordsEncoder.configured()
    let state = try encoder.fit([encoder.decode(.text("red fish"))])
    var row = FeatureRow()
    let empty = try encoder.decode(.text(""))
    try encoder.encode(empty, state, into: &row)
    #expect(row.values.isEmpty && row.indices == [])
    #expect(encoder.preview(empty).warnings == ["no words"])
    try encoder.encode(encoder.decode(.text("🍕")), state, into: &row)
    #expect(row.dense(count: 4).prefix(2) == [0, 0])
  }

  @Test func fittingNothingIsAnError() throws {
    let encoder = try BagOfWordsEncoder.configured()
    #expect(errorKind { _ = try encoder.fit([]) } == .nothingToFit)
  }

  @Test func damagedStatesAreRefused() throws {
    let type = EncoderType(BagOfWordsEncoder.self)
    let encoder = try type.make()
    for json in [
      #"{"words":{"terms":["a"],"idf":[]},"characters":{"terms":[],"idf":[]}}"#,
      #"{"words":{"terms":["a","a"],"idf":[1,1]},"characters":{"terms":[],"idf":[]}}"#, "{}", "x",
    ] {
      #expect(errorKind { _ = try encoder.restore(state: Data(json.utf8)) } == .badState)
    }
  }

  @Test func configurationsFromFilesAreChecked() throws {
    let type = EncoderType(BagOfWordsEncoder.self)
    for json in [
      #"{"ngrams":9}"#, #"{"maximumFeatures":-1}"#, #"{"norm":"l7"}"#, #"{"sublinear":"yes"}"#,
    ] {
      let kind = errorKind { _ = try type.make(configurationJSON: Data(json.utf8)) }
      #expect(kind == .badParameter, "\(json)")
    }
    #expect(throws: Never.self) {
      _ = try type.make(configurationJSON: Data(#"{"ngrams":1,"sublinear":true}"#.utf8))
    }
  }
}
