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
    identifier: "bag-of-words", version: 3, modality: "text",
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
  private let analyzer: TextAnalyzer

  /// - Throws: `badParameter` for a value outside its range, or `shortestCharacters` above
  ///   `characters`.
  public init(configuration: BagOfWordsConfiguration) throws(EncoderError) {
    try BagOfWordsConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
    analyzer = TextAnalyzer(
      rule: configuration.tokens, minimumLength: configuration.minimumLength,
      accents: configuration.accents, stopWords: configuration.stopWords,
      ngrams: configuration.ngrams, source: configuration.charactersFrom,
      lengths: try configuration.characterLengths())
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> TokenizedText {
    try analyzer.decode(raw)
  }

  public func fit(_ signals: some Sequence<TokenizedText>) throws(EncoderError) -> State {
    var words = VocabularyBuilder()
    var characters = VocabularyBuilder()
    var texts = 0
    for signal in signals {
      texts += 1
      words.add(analyzer.wordTerms(signal))
      characters.add(analyzer.characterTerms(signal))
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
      maximumDocuments: configuration.maximumDocuments,
      maximumFeatures: configuration.maximumFeatures, idf: inverseFrequency)
  }

  private var inverseFrequency: InverseFrequency {
    switch configuration.weighting {
    case .counts: .none
    case .tfidf: configuration.smoothIdf ? .smooth : .plain
    }
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

  public func preview(_ signal: TokenizedText) -> Preview { analyzer.preview(signal) }

  public func warnings(_ signal: TokenizedText, _ state: State) -> [String] {
    guard configuration.characters == 0 else { return [] }
    let words = analyzer.words(signal)
    return !words.isEmpty && words.allSatisfy { !state.words.hasMet($0) }
      ? ["no word of it was seen in training"] : []
  }

  /// The row before it is rounded to Float: ascending columns and their non-zero values.
  package func weights(
    _ signal: TokenizedText, _ state: State
  ) -> [(column: Int, value: Double)] {
    var result = weigh(analyzer.wordTerms(signal), state.words)
    if configuration.characters > 0 {
      let offset = state.words.terms.count
      result += weigh(analyzer.characterTerms(signal), state.characters)
        .map { ($0.column + offset, $0.value) }
    }
    if configuration.lengthFeatures {
      let column = state.words.terms.count + state.characters.terms.count
      let words = analyzer.words(signal)
      let unfamiliar = words.count { !state.words.isFamiliar($0) }
      // Divided by 4 so that a sentence's value is of the size of the other features.
      let length = log(Double(1 + words.count)) / 4
      if length > 0 { result.append((column, length)) }
      if unfamiliar > 0 {
        result.append((column + 1, Double(unfamiliar) / Double(words.count)))
      }
    }
    return result
  }

  private func weigh(
    _ terms: [String], _ vocabulary: Vocabulary
  ) -> [(column: Int, value: Double)] {
    let counts = TermCounter.summed(terms.compactMap { vocabulary.column(of: $0) }.map { ($0, 1) })
    return configuration.norm.scaled(
      counts.map { column, count in
        (column, (configuration.sublinear ? 1 + log(count) : count) * vocabulary.idf[column])
      })
  }
}
