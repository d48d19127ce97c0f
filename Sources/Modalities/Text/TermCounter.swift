/// The terms of one text: word n-grams, or character n-grams of its words.
enum TermCounter {
  /// Runs of 1...`upTo` neighbouring words, joined by a space, as scikit-learn's `ngram_range`.
  static func wordTerms(_ tokens: [String], upTo: Int) -> [String] {
    guard upTo > 1 else { return tokens }
    var terms = tokens
    for length in 2...upTo where length <= tokens.count {
      for start in 0...(tokens.count - length) {
        terms.append(tokens[start..<start + length].joined(separator: " "))
      }
    }
    return terms
  }

  /// Character n-grams of each word with a space on both sides, as scikit-learn's `char_wb`: a
  /// word that is no longer than `length` with its spaces counts once, as a whole.
  static func characterTerms(_ tokens: [String], length: Int) -> [String] {
    guard length > 0 else { return [] }
    var terms: [String] = []
    for token in tokens {
      let padded = [" "] + Array(token.unicodeScalars) + [" "]
      guard padded.count > length else {
        terms.append(string(padded[...]))
        continue
      }
      for start in 0...(padded.count - length) {
        terms.append(string(padded[start..<start + length]))
      }
    }
    return terms
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
