import SeededRandom

/// A sentence about a bell: "a huge church bell about eighty centimetres tall rings in the tower".
package struct BellCaption: Sendable {
  /// Standard deviation of the writer's eye, in units of the size.
  static let eye = 4.0
  /// How often the sentence also has a number.
  static let numberShare = 0.5
  /// Of the replaced words, how many speak of another size and so mislead.
  static let misleadingShare = 0.25

  let size: Double
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// At least one word.
  package func words() -> [String] {
    var generator = stream.generator()
    let clean = sentence(&generator)
    return DemoCaption.spoil(clean, level: noise, stream) { choice in
      var generator = SeededGenerator(seed: choice)
      guard generator.uniform() < Self.misleadingShare else {
        return DemoCaption.pick(Lexicon.distractors, &generator)
      }
      return Self.words(for: generator.uniform(0, 100), BellWords.qualities, &generator)
    }
  }

  private func sentence(_ generator: inout SeededGenerator) -> [String] {
    func seen() -> Double { size + Self.eye * generator.normal() }
    let article = DemoCaption.pick(["the", "a", "this", "one", "our"], &generator)
    let quality = Self.words(for: seen(), BellWords.qualities, &generator)
    let kind = Self.words(for: seen(), BellWords.kinds, &generator)
    let action = DemoCaption.pick(BellWords.actions, &generator)
    let place = DemoCaption.pick(Lexicon.places, &generator)
    let number = seen()
    var phrases = [article, quality, kind]
    if generator.uniform() < Self.numberShare {
      phrases.append("about \(BellWords.number(number)) centimetres tall")
    }
    phrases += generator.uniform() < 0.5 ? [action, place] : [action]
    return DemoCaption.words(of: phrases)
  }

  /// One of the words of the band that a size falls in.
  private static func words(
    for size: Double, _ bands: [[String]], _ generator: inout SeededGenerator
  ) -> String {
    let band = min(max(Int(size / 100 * Double(bands.count)), 0), bands.count - 1)
    return DemoCaption.pick(bands.indices.contains(band) ? bands[band] : [], &generator)
  }
}

/// The words for bells, from the smallest band of sizes to the biggest.
enum BellWords {
  static let qualities = [
    ["tiny", "minute", "very small"], ["small", "little"], ["smallish", "modest"],
    ["middling", "ordinary"], ["fairly big", "sizeable"], ["big", "large"],
    ["very big", "huge"], ["gigantic", "colossal", "enormous"],
  ]
  static let kinds = [
    ["jingle bell", "sleigh bell"], ["doorbell", "cat bell"], ["hand bell", "dinner bell"],
    ["school bell", "ship bell"], ["chapel bell", "station bell"], ["church bell", "tower bell"],
    ["cathedral bell", "minster bell"],
  ]
  static let actions = [
    "rings out", "swings to and fro", "is struck once", "sounds through the air", "hangs still",
    "calls us",
  ]

  private static let tens = [
    "five", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred",
  ]

  /// Rounded to tens.
  static func number(_ size: Double) -> String {
    tens[min(max(Int((size / 10).rounded()), 0), tens.count - 1)]
  }
}
