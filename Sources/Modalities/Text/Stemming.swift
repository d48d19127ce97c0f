import Stemmer

/// How words are cut to their stems before they are counted: `none`, or an algorithm of Snowball
/// (https://snowballstem.org) by the name that libstemmer gives it.
public struct Stemming: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let none = Stemming(rawValue: "none")

  /// `none`, then all algorithms of the installed library by name: english, french, german …
  public static let all: [Stemming] = {
    var names: [String] = []
    var entry = sb_stemmer_list()
    while let list = entry, let name = list.pointee {
      names.append(String(cString: name))
      entry = list + 1
    }
    return [none] + names.sorted().map(Stemming.init)
  }()
}

/// One of the library's stemmers. It has a buffer of its own, so that each thread needs another.
struct SnowballStemmer: ~Copyable {
  private let handle: OpaquePointer

  /// nil for `none` and for an algorithm that the library does not have.
  init?(_ stemming: Stemming) {
    guard stemming != .none, let handle = sb_stemmer_new(stemming.rawValue, "UTF_8") else {
      return nil
    }
    self.handle = handle
  }

  deinit { sb_stemmer_delete(handle) }

  /// Calls `body` with the stem of a lower-cased word.
  func withStem<Result>(of word: Term, _ body: (Term) -> Result) -> Result {
    guard let size = Int32(exactly: word.bytes.count),
      let stem = sb_stemmer_stem(handle, word.bytes.baseAddress, size)
    else { return body(word) }
    let length = Int(sb_stemmer_length(handle))
    return body(Term(UnsafeBufferPointer(start: stem, count: length)))
  }
}
