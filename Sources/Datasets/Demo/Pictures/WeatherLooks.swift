/// Rain, sea, and the grey water under a cloud that could be either.
enum WeatherLooks {
  static func rain(_ palette: inout Palette) -> [Layer] {
    let grey = palette.about(0.62, 0.65, 0.72)
    let blue = palette.about(0.2, 0.45, 0.85)
    let slant = palette.uniform(-0.14, 0.02)
    var layers: [Layer] = []
    for row in 0..<3 {
      for column in 0..<5 {
        let x = -0.6 + 0.3 * Double(column) + (row % 2 == 0 ? 0 : 0.12) + slant * Double(row)
        let y = 0.1 + 0.29 * Double(row) + palette.uniform(-0.06, 0.06)
        layers.append(
          Layer(.stroke(Point(x, y), Point(x + slant, y + 0.15), radius: 0.04), blue))
      }
    }
    return layers + cloud(grey, y: -0.35)
  }

  static func sea(_ palette: inout Palette) -> [Layer] {
    let blue = palette.about(0.1, 0.42, 0.72)
    let foam = palette.about(0.92, 0.97, 1)
    let first = palette.uniform(-0.15, 0.15)
    return [
      Layer(
        .circle(Point(palette.uniform(-0.5, 0.5), -0.6), radius: 0.22),
        palette.about(1, 0.85, 0.35)),
      Layer(.box(Point(0, 0.52), halfWidth: 1.15, halfHeight: 0.6, rounding: 0.12), blue),
    ] + waves(y: -0.08, shift: first, blue, foam)
      + waves(y: 0.3, shift: -first + 0.15, blue.lighter(-0.15), foam)
      + waves(y: 0.68, shift: first + 0.05, blue.lighter(-0.3), foam)
  }

  /// A low cloud above grey water, a few strokes between.
  static func wetGrey(_ palette: inout Palette) -> [Layer] {
    let grey = palette.about(0.6, 0.64, 0.72)
    let water = palette.about(0.3, 0.45, 0.62)
    var layers = [
      Layer(.box(Point(0, 0.72), halfWidth: 1.1, halfHeight: 0.34, rounding: 0.1), water)
    ]
    for column in 0..<4 {
      let x = -0.5 + 0.33 * Double(column) + palette.uniform(-0.05, 0.05)
      layers.append(
        Layer(.stroke(Point(x, 0.08), Point(x - 0.04, 0.22), radius: 0.035), water.lighter(0.25)))
    }
    for row in 0..<2 {
      let y = 0.55 + 0.26 * Double(row)
      layers.append(
        Layer(.stroke(Point(-0.7, y), Point(0.6, y), radius: 0.03), water.lighter(0.35)))
    }
    return layers + cloud(grey, y: -0.4)
  }

  private static func cloud(_ colour: Colour, y: Double) -> [Layer] {
    [
      Layer(.circle(Point(-0.42, y + 0.08), radius: 0.28), colour),
      Layer(.circle(Point(0.45, y + 0.1), radius: 0.26), colour),
      Layer(.circle(Point(-0.08, y - 0.12), radius: 0.36), colour.lighter(0.12)),
      Layer(.circle(Point(0.24, y - 0.02), radius: 0.3), colour.lighter(0.05)),
      Layer(.box(Point(0, y + 0.22), halfWidth: 0.68, halfHeight: 0.15, rounding: 0.15), colour),
    ]
  }

  /// A row of crests: scallops of water with a line of foam on top.
  private static func waves(y: Double, shift: Double, _ water: Colour, _ foam: Colour) -> [Layer] {
    (0..<4).flatMap { crest in
      let x = -0.9 + 0.6 * Double(crest) + shift
      return [
        Layer(.ellipse(Point(x, y + 0.1), radiusX: 0.34, radiusY: 0.2), foam),
        Layer(.ellipse(Point(x + 0.03, y + 0.18), radiusX: 0.36, radiusY: 0.2), water),
      ]
    }
  }
}
