import Foundation
import ModalityKit

/// The way from a text to the value of one of its words in the encoder's row.
package struct TermTrace: Sendable {
  package let configuration: BagOfWordsConfiguration
  package let word: String
  package let column: Int
  /// How often the text has the word, and how many words it has.
  package let count: Int
  package let words: Int
  /// How many training texts have it, of how many; the latter is nil where idf does not tell.
  package let documents: Int
  package let texts: Int?
  /// Inverse document frequency as learned.
  package let idf: Double
  /// tf · idf of each known word of the text, by column: what the norm is taken over.
  package let weighted: [(word: String, value: Double)]
  /// What they are divided by.
  package let norm: Double
  /// The word's value in the row, before it is rounded to Float.
  package let value: Double
}

extension BagOfWordsEncoder {
  /// The known words of a text with their values in the row, the largest first, then by code point.
  package func knownWords(
    _ signal: TokenizedText, _ state: State
  ) -> [(word: String, value: Double)] {
    weights(signal, state).filter { $0.column < state.words.terms.count }
      .sorted { ($1.value, $0.column) < ($0.value, $1.column) }
      .map { (state.words.terms[$0.column], $0.value) }
  }

  /// - Returns: nil for a word that the text does not have or that has no column.
  package func trace(_ signal: TokenizedText, _ state: State, word: String) -> TermTrace? {
    guard let column = state.words.column(of: word),
      let value = weights(signal, state).first(where: { $0.column == column })?.value
    else { return nil }
    let plain = unscaled(signal, state)
    guard let own = plain.first(where: { $0.column == column })?.value else { return nil }
    let idf = state.words.idf[column]
    let tf = idf == 0 ? 0 : own / idf
    return TermTrace(
      configuration: configuration, word: word, column: column,
      count: Int((configuration.sublinear ? exp(tf - 1) : tf).rounded()), words: signal.count,
      documents: state.words.documents[column],
      texts: trainingTexts(idf: idf, documents: state.words.documents[column]), idf: idf,
      weighted: plain.map { (state.words.terms[$0.column], $0.value) },
      norm: configuration.norm.length(plain.map(\.value)), value: value)
  }

  /// tf · idf of the word columns.
  private func unscaled(_ signal: TokenizedText, _ state: State) -> [(column: Int, value: Double)] {
    var plain = configuration
    plain.norm = .none
    guard let encoder = try? BagOfWordsEncoder(configuration: plain) else { return [] }
    return encoder.weights(signal, state).filter { $0.column < state.words.terms.count }
  }

  /// N from idf = ln((1 + N) / (1 + df)) + 1, or without the ones.
  private func trainingTexts(idf: Double, documents: Int) -> Int? {
    guard configuration.weighting == .tfidf else { return nil }
    let ratio = exp(idf - 1)
    let texts =
      configuration.smoothIdf ? ratio * Double(1 + documents) - 1 : ratio * Double(documents)
    return Int(exactly: texts.rounded())
  }
}

extension RowNorm {
  /// What values are divided by; 1 where they are not.
  func length(_ values: [Double]) -> Double {
    let length =
      switch self {
      case .l2: values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      case .l1: values.reduce(0) { $0 + abs($1) }
      case .none: 1.0
      }
    return length > 0 ? length : 1
  }
}
