/// A decoded text: what the corruptions spoil and the encoders count.
public struct TokenizedText: Sendable, Hashable {
  /// Lower-cased words in reading order.
  public let tokens: [String]
  /// The text as it was given; after a corruption, the tokens joined by spaces.
  public let text: String

  public init(tokens: [String], text: String) {
    self.tokens = tokens
    self.text = text
  }

  /// A spoiled text, of which only the tokens are left.
  init(tokens: [String]) {
    self.init(tokens: tokens, text: tokens.joined(separator: " "))
  }
}
