/// A colour, and how poorer terminals show it.
struct Colour: Equatable, Sendable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8
  /// The foreground code (30...37, 90...97) on a terminal of 16 colours; nil: uncoloured there.
  var basicCode: Int?

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, basicCode: Int? = nil) {
    self.red = red
    self.green = green
    self.blue = blue
    self.basicCode = basicCode
  }

  // The palette of Okabe and Ito (2008), which all common kinds of colour vision tell apart.
  static let orange = Colour(230, 159, 0, basicCode: 33)
  static let skyBlue = Colour(86, 180, 233, basicCode: 36)
  static let bluishGreen = Colour(0, 158, 115, basicCode: 32)
  static let yellow = Colour(240, 228, 66, basicCode: 93)
  static let blue = Colour(0, 114, 178, basicCode: 34)
  static let vermillion = Colour(213, 94, 0, basicCode: 31)
  static let reddishPurple = Colour(204, 121, 167, basicCode: 35)

  /// In the order in which curves take them: neighbours differ most.
  static let series: [Colour] = [
    .skyBlue, .orange, .bluishGreen, .reddishPurple, .yellow, .vermillion, .blue,
  ]

  /// Five stops of the viridis colour map (van der Walt and Smith 2015), whose lightness grows
  /// evenly, for `share` in 0...1.
  static func heat(_ share: Double) -> Colour {
    let stops: [(Double, Double, Double)] = [
      (68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37),
    ]
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let (low, high, rest) = (stops[index], stops[index + 1], place - Double(index))
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * rest).rounded()) }
    return Colour(mix(low.0, high.0), mix(low.1, high.1), mix(low.2, high.2))
  }

  /// The nearest of the 256 colours of xterm: a 6 × 6 × 6 cube at 16, 24 greys at 232.
  var indexed: Int {
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      let (dr, dg, db) = (r - Int(red), g - Int(green), b - Int(blue))
      return dr * dr + dg * dg + db * db
    }
    let (r, g, b) = (step(red), step(green), step(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = min(max((mean - 3) / 10, 0), 23)
    let shade = 8 + 10 * grey
    return distance(shade, shade, shade) < distance(level(r), level(g), level(b))
      ? 232 + grey : 16 + 36 * r + 6 * g + b
  }
}

/// How a stretch of text is shown.
struct Ink: Equatable, Sendable {
  var foreground: Colour?
  var background: Colour?
  var isBold = false
  var isDim = false

  static let plain = Ink()
  static let bold = Ink(isBold: true)
  static let dim = Ink(isDim: true)
  static func of(_ colour: Colour) -> Ink { Ink(foreground: colour) }

  /// The parameters of the "select graphic rendition" sequence (ECMA-48 8.3.117); empty: plain.
  func codes(_ level: ColourLevel) -> String {
    guard level != .none else { return "" }
    var codes: [String] = []
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if let foreground { codes += Self.code(foreground, level, offset: 0) }
    if let background { codes += Self.code(background, level, offset: 10) }
    return codes.joined(separator: ";")
  }

  /// `offset` 10 turns foreground codes into background codes.
  private static func code(_ colour: Colour, _ level: ColourLevel, offset: Int) -> [String] {
    switch level {
    case .none: []
    case .ansi16: colour.basicCode.map { [String($0 + offset)] } ?? []
    case .ansi256: ["\(38 + offset);5;\(colour.indexed)"]
    case .trueColour: ["\(38 + offset);2;\(colour.red);\(colour.green);\(colour.blue)"]
    }
  }
}
