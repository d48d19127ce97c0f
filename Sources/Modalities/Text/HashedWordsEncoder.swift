import ModalityKit

/// Words counted in columns that a hash picks: no vocabulary, nothing to fit, no unknown word.
///
/// With h = MurmurHash3_x86_32(UTF-8 of the term, seed 0) as a signed 32-bit number, a term adds
/// ±1 at column |h| mod `features`: −1 if h < 0 and `signed`, else +1. The row is then scaled to
/// norm 1. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
/// With `tokens=scikit-learn minimumLength=2 features=1048576` the row equals scikit-learn's
/// `HashingVectorizer` in its defaults, but for sums of exactly 0, which are left out here.
public struct HashedWordsEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "hashed-words", version: 1, modality: "text",
    summary: "words of a text, counted in columns that a hash picks",
    accepts: "a sentence, or a UTF-8 text file", parameters: HashedWordsConfiguration.parameters,
    traits: [.sparse, .stateless])

  public static var defaultConfiguration: HashedWordsConfiguration { HashedWordsConfiguration() }
  public static var corruptions: [Corruption<TokenizedText>] { TextCorruptions.all }

  /// Nothing: the features depend on no other text.
  public struct State: Codable, Sendable, Equatable {
    public init() {}
  }

  public let configuration: HashedWordsConfiguration
  private let analyzer: TextAnalyzer

  /// - Throws: `badParameter` for a value outside its range.
  public init(configuration: HashedWordsConfiguration) throws(EncoderError) {
    try HashedWordsConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
    analyzer = TextAnalyzer(
      rule: configuration.tokens, minimumLength: configuration.minimumLength,
      accents: configuration.accents, stopWords: configuration.stopWords,
      stemming: configuration.stemmer, ngrams: configuration.ngrams)
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> TokenizedText {
    try analyzer.decode(raw)
  }

  public func fit(_ signals: some Sequence<TokenizedText>) throws(EncoderError) -> State {
    State()
  }

  public func schema(_ state: State) -> FeatureSchema {
    FeatureSchema(names: (0..<configuration.features).map { "hash:\($0)" })
  }

  public func encode(
    _ signal: TokenizedText, _ state: State, into row: inout FeatureRow
  ) throws(EncoderError) {
    row.setSparse(weights(signal))
  }

  public func memory(of signal: TokenizedText) -> Int { signal.memory }

  public func preview(_ signal: TokenizedText) -> Preview { analyzer.preview(signal) }

  /// The row before it is rounded to Float: ascending columns and their non-zero values.
  package func weights(_ signal: TokenizedText) -> [(column: Int, value: Double)] {
    let counted = analyzer.counted(signal)
    var sums = ColumnSums(columns: configuration.features, expecting: counted.counts.count)
    analyzer.forEachWordTerm(counted) { term, count in
      let hash = MurmurHash.hash(term.bytes)
      sums.add(
        configuration.signed && hash < 0 ? -count : count,
        to: Self.column(of: hash, features: configuration.features))
    }
    return configuration.norm.scaled(sums.nonZero())
  }

  /// |hash| mod `features`. The magnitude of −2³¹ is 2³¹, as scikit-learn's special case has it.
  static func column(of hash: Int32, features: Int) -> Int {
    Int(hash.magnitude % UInt32(truncatingIfNeeded: features))
  }
}
