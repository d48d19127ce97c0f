/// The terms of one text: word n-grams, or character n-grams of its words or of all of it.
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
  /// word that is no longer than a length with its spaces counts once, as a whole, and longer
  /// lengths give nothing more.
  static func characterTerms(_ tokens: [String], lengths: ClosedRange<Int>) -> [String] {
    var terms: [String] = []
    for token in tokens {
      let padded = [" "] + Array(token.unicodeScalars) + [" "]
      for length in lengths {
        guard padded.count > length else {
          terms.append(string(padded[...]))
          break
        }
        appendRuns(of: length, in: padded, to: &terms)
      }
    }
    return terms
  }

  /// Character n-grams of a text, as scikit-learn's `char`: every two or more neighbouring white
  /// spaces are one space, a single one stays what it is. A text shorter than a length has none.
  static func characterTerms(ofText text: String, lengths: ClosedRange<Int>) -> [String] {
    let scalars = collapsed(text)
    var terms: [String] = []
    for length in lengths where length <= scalars.count {
      appendRuns(of: length, in: scalars, to: &terms)
    }
    return terms
  }

  /// Entries of one column added up; ascending columns.
  static func summed(
    _ entries: [(column: Int, value: Double)]
  ) -> [(column: Int, value: Double)] {
    var result: [(column: Int, value: Double)] = []
    result.reserveCapacity(entries.count)
    for entry in entries.sorted(by: { $0.column < $1.column }) {
      if let last = result.last, last.column == entry.column {
        result[result.count - 1].value += entry.value
      } else {
        result.append(entry)
      }
    }
    return result
  }

  private static func appendRuns(
    of length: Int, in scalars: [Unicode.Scalar], to terms: inout [String]
  ) {
    for start in 0...(scalars.count - length) {
      terms.append(string(scalars[start..<start + length]))
    }
  }

  private static func collapsed(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var run = 0
    for scalar in text.unicodeScalars {
      run = isWhitespace(scalar) ? run + 1 : 0
      if run > 1 { result[result.count - 1] = " " } else { result.append(scalar) }
    }
    return result
  }

  /// Python's `\s`: Unicode's white space and the four separators of ASCII.
  private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    (0x1C...0x1F).contains(scalar.value) || scalar.properties.isWhitespace
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
