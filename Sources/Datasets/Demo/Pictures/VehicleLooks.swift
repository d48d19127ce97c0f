/// Ambulance, car, and the plain van that could be either.
enum VehicleLooks {
  static func ambulance(_ palette: inout Palette) -> [Layer] {
    let body = palette.about(0.94, 0.94, 0.92)
    let red = palette.about(0.85, 0.12, 0.15)
    return vanBody(body, stripe: red, &palette) + [
      Layer(cross(halfWidth: 0.075, halfHeight: 0.22), red),
      Layer(cross(halfWidth: 0.22, halfHeight: 0.075), red),
      Layer(
        .box(Point(0.2, -0.55), halfWidth: 0.14, halfHeight: 0.08, rounding: 0.05),
        palette.about(0.2, 0.4, 0.95)),
    ]
  }

  static func car(_ palette: inout Palette) -> [Layer] {
    let paint = palette.anyOf([
      (0.8, 0.15, 0.15), (0.15, 0.35, 0.75), (0.15, 0.55, 0.3), (0.95, 0.75, 0.2), (0.5, 0.25, 0.6),
    ])
    let roof = palette.uniform(-0.4, -0.28)
    let cabin: [Point] = [
      Point(-0.58, 0.06), Point(-0.34, roof), Point(0.22, roof), Point(0.52, 0.06),
    ]
    let glass = Colour(0.75, 0.88, 0.95)
    return [
      Layer(.polygon(cabin), paint.lighter(-0.12)),
      Layer(
        .polygon([
          Point(-0.46, 0.03), Point(-0.3, roof + 0.07), Point(-0.08, roof + 0.07),
          Point(-0.08, 0.03),
        ]), glass),
      Layer(
        .polygon([
          Point(0, 0.03), Point(0, roof + 0.07), Point(0.19, roof + 0.07), Point(0.4, 0.03),
        ]), glass),
      Layer(.box(Point(0, 0.2), halfWidth: 0.9, halfHeight: 0.2, rounding: 0.14), paint),
      Layer(.stroke(Point(-0.82, 0.2), Point(0.82, 0.2), radius: 0.02), paint.lighter(-0.35)),
      Layer(.circle(Point(0.84, 0.13), radius: 0.06), Colour(1, 0.95, 0.6)),
    ] + wheel(-0.5, 0.4) + wheel(0.5, 0.4)
  }

  /// A van without a sign of what it is for.
  static func plainVan(_ palette: inout Palette) -> [Layer] {
    let body = palette.anyOf([(0.9, 0.9, 0.88), (0.8, 0.84, 0.88), (0.9, 0.8, 0.75)])
    return vanBody(body, stripe: body.lighter(-0.2), &palette)
  }

  private static func vanBody(_ body: Colour, stripe: Colour, _ palette: inout Palette) -> [Layer] {
    [
      Layer(
        .box(Point(-0.14, -0.05), halfWidth: 0.76, halfHeight: 0.44, rounding: 0.08), body),
      Layer(
        .polygon([
          Point(0.55, -0.3), Point(0.74, -0.3), Point(0.95, 0.05), Point(0.95, 0.39),
          Point(0.55, 0.39),
        ]), body.lighter(-0.06)),
      Layer(
        .polygon([
          Point(0.6, -0.22), Point(0.71, -0.22), Point(0.86, 0.04), Point(0.6, 0.04),
        ]), Colour(0.35, 0.5, 0.62)),
      Layer(.box(Point(0.02, 0.23), halfWidth: 0.92, halfHeight: 0.06, rounding: 0.02), stripe),
    ] + wheel(-0.5, 0.42) + wheel(0.52, 0.42)
  }

  private static func cross(halfWidth: Double, halfHeight: Double) -> Shape {
    .box(Point(-0.25, -0.15), halfWidth: halfWidth, halfHeight: halfHeight, rounding: 0.01)
  }

  private static func wheel(_ x: Double, _ y: Double) -> [Layer] {
    [
      Layer(.circle(Point(x, y), radius: 0.2), Colour(0.13, 0.13, 0.15)),
      Layer(.circle(Point(x, y), radius: 0.09), Colour(0.7, 0.7, 0.72)),
    ]
  }
}
