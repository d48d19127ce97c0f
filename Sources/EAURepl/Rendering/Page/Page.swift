import ModalityKit

/// A sheet of paper that grows downwards: what is drawn on it as values, which file formats write.
///
/// Lengths are in points of 1/96 inch, x to the right and y downwards. Methods take y from the
/// current place, `skip` moves it on.
struct Page: Equatable, Sendable {
  static let margin = 16.0

  let width: Double
  private(set) var y = Page.margin
  /// In the order they are drawn.
  private(set) var marks: [Mark] = []

  init(width: Double = 720) { self.width = width }

  var left: Double { Self.margin }
  /// Between the margins.
  var room: Double { width - 2 * Self.margin }
  /// With the margin below.
  var height: Double { y + Self.margin }

  mutating func skip(_ height: Double) { y += height }

  struct Point: Equatable, Sendable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  struct Frame: Equatable, Sendable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  /// A line's colour, width and dashes (lengths of line and gap in turn; empty: unbroken).
  struct Pen: Equatable, Sendable {
    var colour: Colour
    var width = 1.0
    var dashes: [Double] = []
  }

  struct Fill: Equatable, Sendable {
    var colour: Colour
    /// 0...1
    var opacity = 1.0
  }

  enum Anchor: String, Sendable { case start, middle, end }

  struct Label: Equatable, Sendable {
    var text: String
    /// Of the base line's start, middle or end.
    var place: Point
    var size: Double
    var isBold: Bool
    var anchor: Anchor
    var colour: Colour
    /// Clockwise, in degrees, about `place`.
    var turn: Double
  }

  enum Shape: Equatable, Sendable {
    case rectangle(Frame)
    /// Closed.
    case polygon([Point])
    case polyline([Point])
    /// Half-axes along x and y before the turn, clockwise in radians.
    case ellipse(centre: Point, across: Double, down: Double, turn: Double)
  }

  enum Mark: Equatable, Sendable {
    case shape(Shape, fill: Fill?, pen: Pen?)
    case text(Label)
    /// Its pixels are not smoothed.
    case image(Picture, Frame)
  }
}

extension Page {
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double = 13, bold: Bool = false,
    anchor: Anchor = .start, colour: Colour = .ink, turn: Double = 0
  ) {
    guard !text.isEmpty else { return }
    marks.append(
      .text(
        Label(
          text: text, place: Point(x, self.y + y), size: size, isBold: bold, anchor: anchor,
          colour: colour, turn: turn)))
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: Colour?, opacity: Double = 1,
    pen: Pen? = nil
  ) {
    let frame = Frame(x: x, y: self.y + y, width: width, height: height)
    marks.append(
      .shape(.rectangle(frame), fill: fill.map { Fill(colour: $0, opacity: opacity) }, pen: pen))
  }

  mutating func line(
    _ from: Point, _ to: Point, colour: Colour = .pale, width: Double = 1, dashes: [Double] = []
  ) {
    polyline([from, to], Pen(colour: colour, width: width, dashes: dashes))
  }

  mutating func polyline(_ points: [Point], _ pen: Pen) {
    marks.append(.shape(.polyline(points.map(down)), fill: nil, pen: pen))
  }

  /// A closed outline.
  mutating func area(_ points: [Point], fill: Colour?, opacity: Double = 1, pen: Pen? = nil) {
    marks.append(
      .shape(
        .polygon(points.map(down)), fill: fill.map { Fill(colour: $0, opacity: opacity) }, pen: pen)
    )
  }

  /// - Parameter turn: clockwise, in radians.
  mutating func ellipse(
    _ centre: Point, across: Double, down: Double, turn: Double = 0, fill: Fill? = nil,
    pen: Pen? = nil
  ) {
    marks.append(
      .shape(
        .ellipse(centre: self.down(centre), across: across, down: down, turn: turn), fill: fill,
        pen: pen))
  }

  mutating func image(_ picture: Picture, x: Double, y: Double, width: Double, height: Double) {
    marks.append(
      .image(picture, Frame(x: x, y: self.y + y, width: width, height: height)))
  }

  private func down(_ point: Point) -> Point { Point(point.x, point.y + y) }
}

extension Colour {
  // Of ink on white paper.
  static let ink = Colour(34, 34, 34)
  static let faded = Colour(85, 85, 85)
  static let pale = Colour(153, 153, 153)
  static let faint = Colour(225, 225, 225)
  static let white = Colour(255, 255, 255)

  /// The series' colours on white: Okabe and Ito's without yellow, which is lost there, and grey.
  static let paperSeries: [Colour] = [
    .blue, .vermillion, .bluishGreen, .orange, .reddishPurple, .skyBlue, .faded,
  ]

  static func paper(_ index: Int) -> Colour { paperSeries[index % paperSeries.count] }
}
