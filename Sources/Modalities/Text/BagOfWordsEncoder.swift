import Foundation
import ModalityKit

/// Words and character n-grams, counted and weighed by TF-IDF.
///
/// Row: word terms by code point, then character n-grams by code point, then the length features.
/// A term's value is tf · idf with tf its count (or 1 + ln count), idf as in `Vocabulary`; words
/// and character n-grams are each scaled to norm 1. With `tokens=scikit-learn minimumLength=2
/// characters=0 lengthFeatures=off maximumFeatures=0` the row equals scikit-learn's
/// `TfidfVectorizer` in its defaults.
public struct BagOfWordsEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "bag-of-words", version: 2, modality: "text",
    summary: "words and character n-grams of a text, weighed by TF-IDF",
    accepts: "a sentence, or a UTF-8 text file", parameters: BagOfWordsConfiguration.parameters,
    traits: [.sparse])

  public static var defaultConfiguration: BagOfWordsConfiguration { BagOfWordsConfiguration() }
  public static var corruptions: [Corruption<TokenizedText>] { TextCorruptions.all }

  public struct State: Codable, Sendable, Equatable {
    public let words: Vocabulary
    public let characters: Vocabulary
  }

  public let configuration: BagOfWordsConfiguration
  private let scanner: WordScanner

  public init(configuration: BagOfWordsConfiguration) throws(EncoderError) {
    try BagOfWordsConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
    scanner = WordScanner(
      rule: configuration.tokens, minimumLength: configuration.minimumLength)
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> TokenizedText {
    let text = try TextDecoder.string(from: raw)
    return TokenizedText(tokens: scanner.words(in: text), text: text)
  }

  public func fit(_ signals: some Sequence<TokenizedText>) throws(EncoderError) -> State {
    var words = VocabularyBuilder()
    var characters = VocabularyBuilder()
    var texts = 0
    for signal in signals {
      texts += 1
      words.add(TermCounter.wordTerms(signal.tokens, upTo: configuration.ngrams))
      characters.add(
        TermCounter.characterTerms(signal.tokens, length: configuration.characters))
    }
    guard texts > 0 else {
      throw EncoderError(
        .nothingToFit, "bag-of-words needs at least one training text, found none",
        hint: "check that the training split has texts")
    }
    return State(words: vocabulary(words), characters: vocabulary(characters))
  }

  private func vocabulary(_ builder: VocabularyBuilder) -> Vocabulary {
    builder.vocabulary(
      minimumDocuments: configuration.minimumDocuments,
      maximumFeatures: configuration.maximumFeatures,
      weighted: configuration.weighting == .tfidf)
  }

  public func schema(_ state: State) -> FeatureSchema {
    FeatureSchema(
      names: state.words.terms.map { "word:\($0)" }
        + state.characters.terms.map { "characters:\($0)" }
        + (configuration.lengthFeatures ? ["length:words", "length:unfamiliar"] : []))
  }

  public func encode(
    _ signal: TokenizedText, _ state: State, into row: inout FeatureRow
  ) throws(EncoderError) {
    row.startSparse()
    for entry in weights(signal, state) { row.append(Float(entry.value), at: entry.column) }
  }

  public func preview(_ signal: TokenizedText) -> Preview {
    let count = signal.tokens.count
    return Preview(
      .tokens(signal.tokens), caption: count == 1 ? "1 word" : "\(count) words",
      warnings: count == 0 ? ["no words"] : [])
  }

  public func warnings(_ signal: TokenizedText, _ state: State) -> [String] {
    let strange =
      !signal.tokens.isEmpty && configuration.characters == 0
      && signal.tokens.allSatisfy { state.words.column(of: $0) == nil }
    return strange ? ["no word of it was seen in training"] : []
  }

  /// The row before it is rounded to Float: ascending columns and their non-zero values.
  package func weights(
    _ signal: TokenizedText, _ state: State
  ) -> [(column: Int, value: Double)] {
    let words = TermCounter.wordTerms(signal.tokens, upTo: configuration.ngrams)
    var result = weigh(words, state.words)
    if configuration.characters > 0 {
      let terms = TermCounter.characterTerms(signal.tokens, length: configuration.characters)
      let offset = state.words.terms.count
      result += weigh(terms, state.characters).map { ($0.column + offset, $0.value) }
    }
    if configuration.lengthFeatures {
      let column = state.words.terms.count + state.characters.terms.count
      let unfamiliar = signal.tokens.count { !state.words.isFamiliar($0) }
      // Divided by 4 so that a sentence's value is of the size of the other features.
      let length = log(Double(1 + signal.tokens.count)) / 4
      if length > 0 { result.append((column, length)) }
      if unfamiliar > 0 {
        result.append((column + 1, Double(unfamiliar) / Double(signal.tokens.count)))
      }
    }
    return result
  }

  private func weigh(
    _ terms: [String], _ vocabulary: Vocabulary
  ) -> [(column: Int, value: Double)] {
    let columns = terms.compactMap { vocabulary.column(of: $0) }.sorted()
    var result: [(column: Int, value: Double)] = []
    result.reserveCapacity(columns.count)
    var start = 0
    while start < columns.count {
      let column = columns[start]
      var end = start + 1
      while end < columns.count, columns[end] == column { end += 1 }
      let count = Double(end - start)
      result.append(
        (column, (configuration.sublinear ? 1 + log(count) : count) * vocabulary.idf[column]))
      start = end
    }
    let length =
      switch configuration.norm {
      case .l2: result.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      case .l1: result.reduce(0) { $0 + abs($1.value) }
      case .none: 1.0
      }
    guard length > 0, length != 1 else { return result }
    return result.map { ($0.column, $0.value / length) }
  }
}
