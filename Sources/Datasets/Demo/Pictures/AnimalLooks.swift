/// Bee, bird, and the small dark flyer far away that could be either.
enum AnimalLooks {
  static func bee(_ palette: inout Palette) -> [Layer] {
    let yellow = palette.about(0.97, 0.78, 0.15)
    let black = Colour(0.14, 0.11, 0.08)
    let wing = palette.about(0.84, 0.92, 0.97)
    let lift = palette.uniform(-0.08, 0.06)
    return [
      Layer(.polygon([Point(-0.55, 0.03), Point(-0.92, 0.14), Point(-0.55, 0.24)]), black),
      Layer(.ellipse(Point(-0.22, -0.44 + lift), radiusX: 0.2, radiusY: 0.4), wing.lighter(-0.25)),
      Layer(.ellipse(Point(-0.22, -0.44 + lift), radiusX: 0.16, radiusY: 0.36), wing),
      Layer(.ellipse(Point(0.16, -0.46 + lift), radiusX: 0.2, radiusY: 0.42), wing.lighter(-0.25)),
      Layer(.ellipse(Point(0.16, -0.46 + lift), radiusX: 0.16, radiusY: 0.38), wing),
      Layer(.ellipse(Point(-0.05, 0.13), radiusX: 0.64, radiusY: 0.38), yellow),
      Layer(.stroke(Point(-0.4, -0.08), Point(-0.4, 0.34), radius: 0.075), black),
      Layer(.stroke(Point(-0.12, -0.17), Point(-0.12, 0.43), radius: 0.075), black),
      Layer(.stroke(Point(0.16, -0.15), Point(0.16, 0.41), radius: 0.075), black),
      Layer(.circle(Point(0.56, 0.08), radius: 0.27), black),
      Layer(.circle(Point(0.64, 0), radius: 0.085), Colour(1, 1, 1)),
      Layer(.circle(Point(0.66, 0.01), radius: 0.04), black),
      Layer(.stroke(Point(0.58, -0.16), Point(0.72, -0.42), radius: 0.028), black),
      Layer(.stroke(Point(0.68, -0.1), Point(0.9, -0.3), radius: 0.028), black),
    ]
  }

  static func bird(_ palette: inout Palette) -> [Layer] {
    let plumage = palette.anyOf([
      (0.2, 0.45, 0.85), (0.85, 0.3, 0.2), (0.3, 0.6, 0.3), (0.55, 0.38, 0.25),
    ])
    let belly = plumage.lighter(0.55)
    let beak = palette.about(0.97, 0.6, 0.1)
    let wingTip = palette.uniform(-0.1, 0.25)
    return [
      Layer(
        .polygon([Point(-0.4, -0.02), Point(-0.98, -0.28), Point(-0.9, 0.14)]),
        plumage.lighter(-0.2)),
      Layer(.stroke(Point(0.02, 0.35), Point(0.06, 0.78), radius: 0.035), beak.lighter(-0.2)),
      Layer(.stroke(Point(0.2, 0.33), Point(0.28, 0.76), radius: 0.035), beak.lighter(-0.2)),
      Layer(.ellipse(Point(0, 0.08), radiusX: 0.55, radiusY: 0.36), plumage),
      Layer(.ellipse(Point(0.14, 0.2), radiusX: 0.35, radiusY: 0.23), belly),
      Layer(.polygon([Point(0.62, -0.4), Point(0.98, -0.25), Point(0.62, -0.17)]), beak),
      Layer(.circle(Point(0.45, -0.28), radius: 0.27), plumage),
      Layer(.circle(Point(0.53, -0.34), radius: 0.075), Colour(1, 1, 1)),
      Layer(.circle(Point(0.55, -0.34), radius: 0.042), Colour(0.08, 0.08, 0.1)),
      Layer(
        .polygon([
          Point(0.2, -0.08), Point(-0.15, 0.26), Point(-0.62, wingTip), Point(-0.25, -0.12),
        ]), plumage.lighter(-0.32)),
    ]
  }

  /// A dark body with two raised wings, seen against the light.
  static func distantFlyer(_ palette: inout Palette) -> [Layer] {
    let dark = palette.about(0.22, 0.2, 0.2)
    let lift = palette.uniform(-0.3, -0.12)
    return [
      Layer(.stroke(Point(0, 0.05), Point(-0.3, lift), radius: 0.07), dark),
      Layer(.stroke(Point(-0.3, lift), Point(-0.55, lift + 0.12), radius: 0.05), dark),
      Layer(.stroke(Point(0, 0.05), Point(0.3, lift), radius: 0.07), dark),
      Layer(.stroke(Point(0.3, lift), Point(0.55, lift + 0.12), radius: 0.05), dark),
      Layer(.ellipse(Point(0, 0.1), radiusX: 0.13, radiusY: 0.17), dark),
    ]
  }
}
