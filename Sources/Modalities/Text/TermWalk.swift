/// The terms of a text, one by one: none is kept, so that a large document needs no more memory for
/// them.
enum TermWalk {
  /// Each different word with its count, then runs of 2...`upTo` neighbouring words, joined by a
  /// space, as often as they come: scikit-learn's `ngram_range`.
  @inline(__always)
  static func words(
    of counted: CountedText, upTo: Int, _ body: (Term, _ count: Int) -> Void
  ) {
    let text = counted.text
    text.words.visit { body($1, Int(counted.counts[$0])) }
    guard upTo > 1 else { return }
    var run: [UInt8] = []
    for length in 2...upTo where length <= text.count {
      for start in 0...(text.count - length) {
        run.removeAll(keepingCapacity: true)
        for word in text.order[start..<start + length] {
          if !run.isEmpty { run.append(0x20) }
          text.words.withTerm(Int(word)) { run.append(contentsOf: $0.bytes) }
        }
        run.withUnsafeBufferPointer { body(Term($0), 1) }
      }
    }
  }

  /// Character n-grams of each different word with a space on both sides, with the word's count, as
  /// scikit-learn's `char_wb`: a word that is no longer than a length with its spaces counts once,
  /// as a whole, and longer lengths give nothing more.
  static func characters(
    ofWordsOf counted: CountedText, lengths: ClosedRange<Int>,
    _ body: (Term, _ count: Int) -> Void
  ) {
    counted.text.words.visit { word, term in
      let padded = [0x20] + term.bytes + [0x20]
      padded.withUnsafeBufferPointer { padded in
        let scalars = padded.count { $0 & 0xC0 != 0x80 }
        for length in lengths {
          guard scalars > length else {
            body(Term(padded), Int(counted.counts[word]))
            break
          }
          runs(of: length, in: padded) { body($0, Int(counted.counts[word])) }
        }
      }
    }
  }

  /// Character n-grams of a collapsed text, as scikit-learn's `char`. A text shorter than a length
  /// has none.
  static func characters(
    of text: [UInt8], lengths: ClosedRange<Int>, _ body: (Term, _ count: Int) -> Void
  ) {
    text.withUnsafeBufferPointer { text in
      for length in lengths { runs(of: length, in: text) { body($0, 1) } }
    }
  }

  /// - Parameter length: in code points, at least 1.
  private static func runs(
    of length: Int, in text: UnsafeBufferPointer<UInt8>, _ body: (Term) -> Void
  ) {
    var end = 0
    for _ in 0..<length {
      guard end < text.count else { return }
      end = text.nextScalar(after: end)
    }
    var start = 0
    while true {
      body(Term(UnsafeBufferPointer(rebasing: text[start..<end])))
      guard end < text.count else { return }
      start = text.nextScalar(after: start)
      end = text.nextScalar(after: end)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the scalar behind the one at `position` begins.
  @inline(__always)
  fileprivate func nextScalar(after position: Int) -> Int {
    var next = position + 1
    while next < count, self[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
