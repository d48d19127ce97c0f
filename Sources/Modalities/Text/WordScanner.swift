/// Cuts a text into words, segment by segment. Segments end where `TextSegments` cuts: each can be
/// normalised by itself, and a word may go on in the next.
struct WordScanner: ~Copyable {
  let rule: WordRule
  let normalizer: TextNormalizer
  /// In code points.
  let minimumLength: Int
  private var collector: TokenCollector
  /// The word that the last segment ended in, and its length in code points.
  private var open: [UInt8] = []
  private var openLength = 0
  private var kept: CollapsedText?

  /// - Parameters:
  ///   - minimumLength: of words, in code points.
  ///   - keepsText: whether the normalised text is kept for character n-grams.
  ///   - tokens: about so many are expected.
  init(
    rule: WordRule, accents: AccentRule, minimumLength: Int, keepsText: Bool, expecting tokens: Int
  ) {
    self.rule = rule
    normalizer = TextNormalizer(rule: rule, accents: accents)
    self.minimumLength = minimumLength
    collector = TokenCollector(expecting: tokens)
    kept = keepsText ? CollapsedText() : nil
  }

  /// The text, after the last segment.
  func text() -> TokenizedText { collector.text(keeping: kept?.bytes) }

  /// - Parameters:
  ///   - bytes: UTF-8, not necessarily valid.
  ///   - closes: whether a word cannot go on behind the segment.
  ///   - afterCased: whether a cased letter stands right before the segment.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, closes: Bool, afterCased: Bool) {
    guard kept == nil else {
      normalizeAndScan(bytes, closes: closes, afterCased: afterCased)
      return
    }
    var position = 0
    while position < bytes.count {
      guard let foreign = bytes.firstNonASCII(from: position) else {
        scanASCII(UnsafeBufferPointer(rebasing: bytes[position...]), closes: closes)
        return
      }
      let start = bytes.wordStart(before: foreign, notBefore: position)
      scanASCII(UnsafeBufferPointer(rebasing: bytes[position..<start]), closes: start < foreign)
      let end = bytes.endOfNonASCII(from: foreign)
      normalizeAndScan(
        UnsafeBufferPointer(rebasing: bytes[start..<end]), closes: end < bytes.count || closes,
        afterCased: start == 0 && afterCased)
      position = end
    }
  }

  private mutating func normalizeAndScan(
    _ bytes: UnsafeBufferPointer<UInt8>, closes: Bool, afterCased: Bool
  ) {
    let isPlain = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count * 3) {
      buffer in
      guard let start = buffer.baseAddress,
        let count = normalizer.normalizePlain(bytes, into: start, .shared)
      else { return false }
      takeNormalized(UnsafeBufferPointer(start: start, count: count), closes: closes)
      return true
    }
    if isPlain { return }
    var text = normalizer.normalized(
      String(decoding: bytes, as: UTF8.self), afterCased: afterCased)
    text.withUTF8 { takeNormalized($0, closes: closes) }
  }

  private mutating func takeNormalized(_ bytes: UnsafeBufferPointer<UInt8>, closes: Bool) {
    kept?.append(bytes)
    scanNormalized(bytes, closes: closes)
  }

  /// - Parameter bytes: valid UTF-8.
  private mutating func scanNormalized(_ bytes: UnsafeBufferPointer<UInt8>, closes: Bool) {
    let table = ScalarTable.shared
    var start = 0
    var length = openLength
    var position = 0
    while position < bytes.count {
      let (scalar, width) = bytes.scalar(at: position)
      switch rule.role(of: scalar, table) {
      case .letter: length += 1
      case .mark where length > 0: length += 1
      case let role:
        finishWord(bytes[start..<position], length: length)
        length = 0
        start = position + width
        if role == .wordByItself {
          collector.append(Term(UnsafeBufferPointer(rebasing: bytes[position..<start])))
        }
      }
      position += width
    }
    endSegment(bytes[start...], length: length, closes: closes)
  }

  /// - Parameter bytes: all below 0x80, in either case.
  private mutating func scanASCII(_ bytes: UnsafeBufferPointer<UInt8>, closes: Bool) {
    guard !bytes.isEmpty else { return }
    // A word is hashed in groups of eight bytes, the last of which may reach beyond the text.
    let room = (bytes.count + 63) & ~63 + 8
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { lowered in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: bytes.count + 1) { edges in
        guard let text = lowered.baseAddress, let places = edges.baseAddress else { return }
        let count = bytes.findASCIIWords(lowered: text, edges: places)
        takeWords(
          of: UnsafeBufferPointer(start: text, count: bytes.count),
          edges: UnsafeBufferPointer(start: places, count: count), closes: closes)
      }
    }
  }

  /// - Parameters:
  ///   - bytes: a lowered text of ASCII, of which eight bytes more can be read.
  ///   - edges: where each word begins and where it ends.
  private mutating func takeWords(
    of bytes: UnsafeBufferPointer<UInt8>, edges: UnsafeBufferPointer<Int32>, closes: Bool
  ) {
    var (first, last) = (0, edges.count)
    if openLength > 0 {
      let length = edges.first == 0 ? Int(edges[1]) : 0
      if length > 0 { first = 2 }
      endSegment(
        bytes[..<length], length: openLength + length, closes: closes || length < bytes.count)
    }
    let isOpen = !closes && last > first && Int(edges[last - 1]) == bytes.count
    if isOpen { last -= 2 }
    if let text = bytes.baseAddress {
      for edge in stride(from: first, to: last, by: 2) {
        let start = Int(edges[edge])
        let length = Int(edges[edge + 1]) - start
        guard length >= minimumLength else { continue }
        let hash = TermHash.hash(readable: UnsafeRawPointer(text + start), count: length)
        collector.append(Term(UnsafeBufferPointer(start: text + start, count: length), hash: hash))
      }
    }
    if isOpen {
      let word = bytes[Int(edges[last])...]
      endSegment(word, length: word.count, closes: false)
    }
  }

  private mutating func endSegment(
    _ word: Slice<UnsafeBufferPointer<UInt8>>, length: Int, closes: Bool
  ) {
    if closes {
      finishWord(word, length: length)
    } else if length > 0 {
      open.append(contentsOf: word)
      openLength = length
    }
  }

  /// - Parameters:
  ///   - word: what follows the open word.
  ///   - length: of both, in code points.
  private mutating func finishWord(_ word: Slice<UnsafeBufferPointer<UInt8>>, length: Int) {
    let isCounted = length > 0 && length >= minimumLength
    guard openLength > 0 else {
      if isCounted { collector.append(Term(UnsafeBufferPointer(rebasing: word))) }
      return
    }
    open.append(contentsOf: word)
    let whole = open
    open = []
    openLength = 0
    if isCounted { whole.withUnsafeBufferPointer { collector.append(Term($0)) } }
  }
}
