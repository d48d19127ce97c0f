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
      stemming: configuration.stemmer, ngrams: configuration.ngrams,
      source: configuration.charactersFrom, lengths: try configuration.characterLengths())
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
      words.startText()
      analyzer.forEachWordTerm(analyzer.counted(signal)) { words.add($0, count: $1) }
      characters.startText()
      analyzer.forEachCharacterTerm(signal) { characters.add($0, count: $1) }
    }
    guard texts > 0 else {
      throw EncoderError(
        .nothingToFit, "bag-of-words needs at least one training text, found none",
        hint: "check that the training split has texts")
    }
    return State(words: vocabulary(words), characters: vocabulary(characters))
  }

  private func vocabulary(_ builder: borrowing VocabularyBuilder) -> Vocabulary {
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
    row.setSparse(weights(signal, state))
  }

  public func memory(of signal: TokenizedText) -> Int { signal.memory }

  public func preview(_ signal: TokenizedText) -> Preview { analyzer.preview(signal) }

  public func warnings(_ signal: TokenizedText, _ state: State) -> [String] {
    guard configuration.characters == 0 else { return [] }
    let words = analyzer.counted(signal).text.words
    var isUnknown = true
    words.visit { if state.words.hasMet($1) { isUnknown = false } }
    return words.count > 0 && isUnknown ? ["no word of it was seen in training"] : []
  }

  /// The row before it is rounded to Float: ascending columns and their non-zero values.
  package func weights(
    _ signal: TokenizedText, _ state: State
  ) -> [(column: Int, value: Double)] {
    let counted = analyzer.counted(signal)
    var result = weigh(state.words, expecting: counted.counts.count) { add in
      analyzer.forEachWordTerm(counted, add)
    }
    if configuration.characters > 0 {
      let offset = state.words.terms.count
      let characters = weigh(state.characters, expecting: signal.count) { add in
        analyzer.forEachCharacterTerm(signal, add)
      }
      result += characters.map { ($0.column + offset, $0.value) }
    }
    if configuration.lengthFeatures {
      let column = state.words.terms.count + state.characters.terms.count
      // Divided by 4 so that a sentence's value is of the size of the other features.
      let length = log(Double(1 + counted.text.count)) / 4
      let unfamiliar = unfamiliarWords(counted, state)
      if length > 0 { result.append((column, length)) }
      if unfamiliar > 0 {
        result.append((column + 1, Double(unfamiliar) / Double(counted.text.count)))
      }
    }
    return result
  }

  private func unfamiliarWords(_ counted: CountedText, _ state: State) -> Int {
    var unfamiliar = 0
    counted.text.words.visit { word, term in
      if !state.words.isFamiliar(term) { unfamiliar += Int(counted.counts[word]) }
    }
    return unfamiliar
  }

  /// - Parameters:
  ///   - count: of terms, about.
  ///   - forEachTerm: calls back with each term and its count.
  @inline(__always)
  private func weigh(
    _ vocabulary: Vocabulary, expecting count: Int,
    _ forEachTerm: ((Term, _ count: Int) -> Void) -> Void
  ) -> [(column: Int, value: Double)] {
    var sums = ColumnSums(columns: vocabulary.terms.count, expecting: count)
    forEachTerm { term, count in
      if let column = vocabulary.column(of: term) { sums.add(count, to: column) }
    }
    var result = sums.nonZero()
    for index in result.indices {
      let (column, count) = result[index]
      result[index].value =
        (configuration.sublinear ? 1 + log(count) : count) * vocabulary.idf[column]
    }
    return configuration.norm.scaled(result)
  }
}
