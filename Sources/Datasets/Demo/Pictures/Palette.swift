import SeededRandom

/// Colours that vary from sample to sample around those one expects.
struct Palette {
  private var generator: SeededGenerator

  init(_ generator: SeededGenerator) {
    self.generator = generator
  }

  /// About the colour given: each channel shifted by up to ±0.09, the whole lightened or darkened.
  mutating func about(_ red: Double, _ green: Double, _ blue: Double) -> Colour {
    let light = generator.uniform(-0.1, 0.1)
    let shift = (0..<3).map { _ in light + generator.uniform(-0.09, 0.09) }
    return Colour(clamp(red + shift[0]), clamp(green + shift[1]), clamp(blue + shift[2]))
  }

  mutating func anyOf(_ colours: [(Double, Double, Double)]) -> Colour {
    guard !colours.isEmpty else { return Colour(0.5, 0.5, 0.5) }
    let (red, green, blue) = colours[generator.index(below: colours.count)]
    return about(red, green, blue)
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { generator.uniform(low, high) }

  mutating func index(below bound: Int) -> Int { generator.index(below: bound) }

  private func clamp(_ value: Double) -> Double { min(max(value, 0), 1) }
}
