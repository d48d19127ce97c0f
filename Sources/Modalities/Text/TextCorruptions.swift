import ModalityKit
import SeededRandom

/// Ways to spoil a text. All act on the tokens; the realised amount is the share of tokens changed.
enum TextCorruptions {
  static let all: [Corruption<TokenizedText>] = [
    Corruption("drop", "each word is left out with probability severity/10", spoil: drop),
    Corruption("mask", "each word becomes _ with probability severity/10", spoil: mask),
    Corruption("typo", "each word gets one typing error with probability severity/10", spoil: typo),
    Corruption(
      "shuffle", "severity/10 of the words change places (moves only n-grams of several words)",
      spoil: shuffle),
  ]

  /// The token of a masked word; no vocabulary gives it a meaning.
  static let maskToken = "_"

  private static func drop(
    _ signal: TokenizedText, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TokenizedText> {
    var kept = TokenCollector(expecting: signal.count)
    var dropped = 0
    for word in signal.order {
      if generator.uniform() >= severity / 10 {
        kept.append(word, of: signal.words)
      } else {
        dropped += 1
      }
    }
    return result(signal, kept, changed: dropped, "dropped")
  }

  private static func mask(
    _ signal: TokenizedText, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TokenizedText> {
    var tokens = TokenCollector(expecting: signal.count)
    var changed = 0
    for word in signal.order {
      if generator.uniform() < severity / 10, signal.words.string(Int(word)) != maskToken {
        tokens.append(maskToken)
        changed += 1
      } else {
        tokens.append(word, of: signal.words)
      }
    }
    return result(signal, tokens, changed: changed, "masked")
  }

  private static func typo(
    _ signal: TokenizedText, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TokenizedText> {
    var tokens = TokenCollector(expecting: signal.count)
    var changed = 0
    for word in signal.order {
      guard generator.uniform() < severity / 10 else {
        tokens.append(word, of: signal.words)
        continue
      }
      let token = signal.words.string(Int(word))
      let misspelt = misspell(token, &generator)
      tokens.append(misspelt)
      if misspelt != token { changed += 1 }
    }
    return result(signal, tokens, changed: changed, "misspelt")
  }

  /// Swaps two neighbouring letters where that changes the word, else replaces one by a letter it
  /// is not; half of the time it replaces at once.
  private static func misspell(_ token: String, _ generator: inout SeededGenerator) -> String {
    var letters = Array(token)
    guard !letters.isEmpty else { return token }
    if letters.count > 1, generator.uniform() < 0.5 {
      let place = generator.index(below: letters.count - 1)
      if letters[place] != letters[place + 1] {
        letters.swapAt(place, place + 1)
        return String(letters)
      }
    }
    let place = generator.index(below: letters.count)
    // One of those that are left when the letter itself is taken out.
    let own = alphabet.firstIndex(of: letters[place]) ?? alphabet.count
    let choice = generator.index(below: alphabet.count - (own < alphabet.count ? 1 : 0))
    letters[place] = alphabet[choice < own ? choice : choice + 1]
    return String(letters)
  }

  private static let alphabet: [Character] = Array("abcdefghijklmnopqrstuvwxyz")

  private static func shuffle(
    _ signal: TokenizedText, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TokenizedText> {
    let places = signal.order.indices.shuffled(using: &generator)
    let moving = places.prefix(Int((Double(places.count) * severity / 10).rounded())).sorted()
    let sources = moving.shuffled(using: &generator)
    var order = signal.order
    for (target, source) in zip(moving, sources) { order[target] = signal.order[source] }
    var tokens = TokenCollector(expecting: signal.count)
    for word in order { tokens.append(word, of: signal.words) }
    let changed = zip(order, signal.order).count { $0 != $1 }
    return result(signal, tokens, changed: changed, "in another place")
  }

  private static func result(
    _ signal: TokenizedText, _ tokens: borrowing TokenCollector, changed: Int, _ verb: String
  ) -> Corrupted<TokenizedText> {
    guard changed > 0 else { return Corrupted(signal: signal, realised: .none) }
    return Corrupted(
      signal: tokens.text(),
      realised: RealisedCorruption(
        amount: Double(changed) / Double(signal.count),
        text: "\(changed) of \(signal.count) words \(verb)"))
  }
}
