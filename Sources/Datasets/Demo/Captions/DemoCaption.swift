import SeededRandom

/// A generated caption: "the old campfire burns brightly in the hearth after lunch".
package struct DemoCaption: Sendable {
  /// The share of words spoiled at level 1; half of those are dropped.
  static let spoiledShare = 0.75
  static let droppedShare = 0.5
  /// Of the replacements, how many come from another class's words and so mislead.
  static let misleadingShare = 0.25

  let thing: DemoClass
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// At least one word.
  package func words() -> [String] {
    var generator = stream.generator()
    let clean = Self.sentence(thing, &generator)
    return Self.spoil(clean, level: noise, stream, replacement: Self.replacement)
  }

  /// Drops words and replaces others by what `replacement` makes of a random number. Level 0
  /// leaves them as they are; at least one word is left.
  static func spoil(
    _ clean: [String], level: Double, _ stream: DemoStream, replacement: (UInt64) -> String
  ) -> [String] {
    guard level > 0 else { return clean }
    var spoiler = stream.generator("spoil")
    var words: [String] = []
    for word in clean {
      // Drawn for every word, so that a higher level spoils the same words and more.
      let isSpoiled = spoiler.uniform() < spoiledShare * level
      let isDropped = spoiler.uniform() < droppedShare
      let choice = spoiler.next()
      if !isSpoiled {
        words.append(word)
      } else if !isDropped {
        words.append(replacement(choice))
      }
    }
    return words.isEmpty ? [pick(Lexicon.distractors, &spoiler)] : words
  }

  private static func sentence(_ thing: DemoClass, _ generator: inout SeededGenerator) -> [String] {
    let look = DemoLook.draw(for: thing, pairs: AmbiguousPair.ofWords, &generator)
    let lexicon: Lexicon =
      switch look {
      case .shared(let pair) where Lexicon.shared.indices.contains(pair): Lexicon.shared[pair]
      default: Lexicon.own(thing)
      }
    let article = pick(["the", "a", "this", "one", "our"], &generator)
    let quality = pick(Lexicon.qualities, &generator)
    let subject = pick(lexicon.subjects, &generator)
    let action = pick(lexicon.actions, &generator)
    let detail = pick(lexicon.details, &generator)
    let place = pick(Lexicon.places, &generator)
    let phrases =
      switch generator.index(below: 4) {
      case 0: [article, quality, subject, action, detail]
      case 1: [place, article, subject, action, detail]
      case 2: [article, subject, action, place]
      default: [article, quality, subject, action, detail, place]
      }
    return words(of: phrases)
  }

  static func words(of phrases: [String]) -> [String] {
    phrases.flatMap { phrase in
      phrase.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }
  }

  /// A word that says nothing, or the name of another thing.
  private static func replacement(_ choice: UInt64) -> String {
    var generator = SeededGenerator(seed: choice)
    guard generator.uniform() < misleadingShare else {
      return pick(Lexicon.distractors, &generator)
    }
    let other = DemoClass.inOrder[generator.index(below: DemoClass.inOrder.count)]
    return pick(Lexicon.own(other).subjects, &generator)
  }

  static func pick(_ words: [String], _ generator: inout SeededGenerator) -> String {
    words.isEmpty ? "" : words[generator.index(below: words.count)]
  }
}
