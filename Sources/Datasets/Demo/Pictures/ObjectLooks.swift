import Foundation

/// Bell, clock, drum, fire, the disc that could be clock or drum, the drop that could be bell or
/// fire.
enum ObjectLooks {
  static func bell(_ palette: inout Palette) -> [Layer] {
    let gold = palette.about(0.85, 0.64, 0.2)
    let flare = palette.uniform(0.62, 0.76)
    return [
      Layer(.ring(Point(0, -0.74), radius: 0.13, thickness: 0.09), gold.lighter(-0.35)),
      Layer(.circle(Point(0, 0.6), radius: 0.16), gold.lighter(-0.5)),
      Layer(
        .symmetric([
          Point(0.16, -0.66), Point(0.32, -0.48), Point(0.4, -0.1), Point(0.47, 0.2),
          Point(flare, 0.5),
        ]), gold),
      Layer(.stroke(Point(-flare, 0.5), Point(flare, 0.5), radius: 0.075), gold.lighter(-0.28)),
      Layer(.stroke(Point(-0.4, 0.24), Point(0.4, 0.24), radius: 0.03), gold.lighter(-0.22)),
      Layer(.stroke(Point(-0.17, -0.42), Point(-0.25, 0.1), radius: 0.055), gold.lighter(0.55)),
    ]
  }

  static func clock(_ palette: inout Palette) -> [Layer] {
    let frame = palette.anyOf([(0.3, 0.3, 0.35), (0.5, 0.3, 0.2), (0.2, 0.4, 0.5), (0.7, 0.2, 0.2)])
    let ink = Colour(0.12, 0.12, 0.14)
    let middle = Point(0, 0)
    var layers = [
      Layer(.circle(middle, radius: 0.86), frame),
      Layer(.circle(middle, radius: 0.7), palette.about(0.95, 0.94, 0.88)),
    ]
    for hour in 0..<12 {
      let length = hour % 3 == 0 ? 0.15 : 0.07
      let angle = Double(hour) * .pi / 6
      layers.append(Layer(spoke(angle, from: 0.63 - length, to: 0.63, radius: 0.028), ink))
    }
    let hourAngle = palette.uniform(0, 2 * .pi)
    let minuteAngle = palette.uniform(0, 2 * .pi)
    return layers + [
      Layer(spoke(hourAngle, from: 0, to: 0.34, radius: 0.055), ink),
      Layer(spoke(minuteAngle, from: 0, to: 0.54, radius: 0.035), ink),
      Layer(.circle(middle, radius: 0.075), frame),
    ]
  }

  static func drum(_ palette: inout Palette) -> [Layer] {
    let shell = palette.anyOf([(0.8, 0.15, 0.18), (0.15, 0.35, 0.7), (0.15, 0.5, 0.35)])
    let gold = palette.about(0.93, 0.76, 0.3)
    let skin = palette.about(0.95, 0.92, 0.84)
    let wood = palette.about(0.62, 0.42, 0.22)
    var layers = [
      Layer(.ellipse(Point(0, 0.5), radiusX: 0.7, radiusY: 0.24), gold),
      Layer(.ellipse(Point(0, 0.44), radiusX: 0.68, radiusY: 0.22), shell),
      Layer(.box(Point(0, 0.1), halfWidth: 0.68, halfHeight: 0.36, rounding: 0), shell),
    ]
    for step in 0..<6 {
      let left = -0.66 + 0.22 * Double(step)
      let (top, bottom) = step % 2 == 0 ? (-0.1, 0.55) : (0.55, -0.1)
      layers.append(
        Layer(.stroke(Point(left, top), Point(left + 0.22, bottom), radius: 0.026), gold))
    }
    layers += [
      Layer(.ellipse(Point(0, -0.22), radiusX: 0.72, radiusY: 0.26), gold),
      Layer(.ellipse(Point(0, -0.25), radiusX: 0.64, radiusY: 0.2), skin),
    ]
    let spread = palette.uniform(0.5, 0.8)
    for side in [-1.0, 1.0] {
      let tip = Point(side * 0.1, -0.28)
      layers.append(Layer(.stroke(Point(side * spread, -0.85), tip, radius: 0.045), wood))
      layers.append(Layer(.circle(tip, radius: 0.085), wood.lighter(0.3)))
    }
    return layers
  }

  static func fire(_ palette: inout Palette) -> [Layer] {
    let red = palette.about(0.88, 0.22, 0.08)
    let orange = palette.about(0.98, 0.55, 0.1)
    let yellow = palette.about(1, 0.88, 0.35)
    let wood = palette.about(0.4, 0.25, 0.14)
    let sway = palette.uniform(-0.18, 0.18)
    return [
      Layer(flame(height: 1.28, width: 0.62, sway: sway, foot: 0.5), red),
      Layer(flame(height: 0.9, width: 0.42, sway: sway * 0.6, foot: 0.5), orange),
      Layer(flame(height: 0.52, width: 0.24, sway: sway * 0.3, foot: 0.5), yellow),
      Layer(.stroke(Point(-0.68, 0.44), Point(0.66, 0.72), radius: 0.1), wood),
      Layer(.stroke(Point(0.68, 0.44), Point(-0.66, 0.72), radius: 0.1), wood.lighter(-0.2)),
      Layer(.circle(Point(-0.68, 0.44), radius: 0.07), wood.lighter(0.4)),
      Layer(.circle(Point(0.68, 0.44), radius: 0.07), wood.lighter(0.4)),
    ]
  }

  /// A round rim, a pale face, and two sticks or hands.
  static func disc(_ palette: inout Palette) -> [Layer] {
    let rim = palette.anyOf([(0.5, 0.3, 0.2), (0.7, 0.2, 0.2), (0.25, 0.38, 0.52)])
    let dark = palette.about(0.32, 0.22, 0.15)
    let first = palette.uniform(0, 2 * .pi)
    let second = palette.uniform(0, 2 * .pi)
    return [
      Layer(.circle(Point(0, 0), radius: 0.84), rim),
      Layer(.circle(Point(0, 0), radius: 0.7), palette.about(0.94, 0.91, 0.84)),
      Layer(spoke(first, from: 0, to: 0.5, radius: 0.045), dark),
      Layer(spoke(second, from: 0, to: 0.42, radius: 0.045), dark),
    ]
  }

  /// Something golden that glows.
  static func goldenDrop(_ palette: inout Palette) -> [Layer] {
    let gold = palette.about(0.92, 0.66, 0.18)
    let sway = palette.uniform(-0.05, 0.05)
    return [
      Layer(flame(height: 1.2, width: 0.52, sway: sway, foot: 0.5), gold),
      Layer(flame(height: 0.66, width: 0.28, sway: sway, foot: 0.42), gold.lighter(0.45)),
      Layer(.stroke(Point(-0.5, 0.54), Point(0.5, 0.54), radius: 0.08), gold.lighter(-0.5)),
    ]
  }

  private static func spoke(
    _ angle: Double, from inner: Double, to outer: Double, radius: Double
  ) -> Shape {
    let (x, y) = (sin(angle), -cos(angle))
    return .stroke(
      Point(x * inner, y * inner), Point(x * outer, y * outer), radius: radius)
  }

  /// A drop that stands on `foot` and whose tip sways sideways.
  private static func flame(height: Double, width: Double, sway: Double, foot: Double) -> Shape {
    let profile: [(Double, Double)] = [
      (0, 0.45), (0.08, 0.82), (0.2, 1), (0.34, 0.96), (0.5, 0.72), (0.66, 0.5), (0.82, 0.25),
      (1, 0),
    ]
    func side(_ sign: Double) -> [Point] {
      profile.map { up, across in
        Point(sign * across * width + sway * up * up * 2, foot - up * height)
      }
    }
    return .polygon(side(1) + side(-1).reversed())
  }
}
