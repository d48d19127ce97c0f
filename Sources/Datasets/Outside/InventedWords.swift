import SeededRandom

/// Four to nine pronounceable words that mean nothing.
struct InventedWords: Sendable {
  private static let consonants = Array("bcdfghjklmnpqrstvwxz")
  private static let vowels = Array("aeiouy")

  let generator: SeededGenerator

  func text() -> String {
    var generator = generator
    let count = 4 + generator.index(below: 6)
    return (0..<count).map { _ in Self.word(&generator) }.joined(separator: " ")
  }

  private static func word(_ generator: inout SeededGenerator) -> String {
    let syllables = 2 + generator.index(below: 3)
    return String(
      (0..<syllables).flatMap { _ in
        [
          consonants[generator.index(below: consonants.count)],
          vowels[generator.index(below: vowels.count)],
        ]
      } + [consonants[generator.index(below: consonants.count)]])
  }
}
