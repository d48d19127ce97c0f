import Foundation

/// An SVG 1.1 document that grows downwards.
///
/// Text from anywhere is made printable and escaped here, once.
struct SVGPage {
  static let margin = 16.0

  let width: Double
  private(set) var y = SVGPage.margin
  private var elements: [String] = []

  init(width: Double = 720) { self.width = width }

  var left: Double { Self.margin }
  /// Between the margins.
  var room: Double { width - 2 * Self.margin }

  mutating func skip(_ height: Double) { y += height }

  enum Anchor: String { case start, middle, end }

  /// - Parameter y: of the base line, from the current place.
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double = 13, bold: Bool = false,
    anchor: Anchor = .start, colour: String = "#222"
  ) {
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(self.y + y))\" "
        + "font-size=\"\(Self.number(size))\"" + (bold ? " font-weight=\"bold\"" : "")
        + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
        + " fill=\"\(colour)\">\(Self.escaped(text))</text>")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, opacity: Double = 1
  ) {
    elements.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(self.y + y))\" "
        + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" fill=\"\(fill)\""
        + (opacity < 1 ? " fill-opacity=\"\(Self.number(opacity))\"" : "") + "/>")
  }

  mutating func line(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), colour: String = "#999",
    width: Double = 1
  ) {
    elements.append(
      "<line x1=\"\(Self.number(from.x))\" y1=\"\(Self.number(y + from.y))\" "
        + "x2=\"\(Self.number(to.x))\" y2=\"\(Self.number(y + to.y))\" stroke=\"\(colour)\" "
        + "stroke-width=\"\(Self.number(width))\"/>")
  }

  /// A closed outline.
  mutating func area(_ points: [(x: Double, y: Double)], fill: String) {
    let path = points.map { "\(Self.number($0.x)),\(Self.number(y + $0.y))" }
    elements.append("<polygon points=\"\(path.joined(separator: " "))\" fill=\"\(fill)\"/>")
  }

  /// Pixels as they are, not smoothed.
  mutating func image(_ png: [UInt8], x: Double, y: Double, width: Double, height: Double) {
    elements.append(
      "<image x=\"\(Self.number(x))\" y=\"\(Self.number(self.y + y))\" "
        + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
        + "preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
        + "href=\"data:image/png;base64,\(Data(png).base64EncodedString())\"/>")
  }

  /// The whole document, ending in a newline.
  func document(title: String) -> String {
    let size = "\(Self.number(width)) \(Self.number(y + Self.margin))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(Self.number(width))" \
      font-family="system-ui, sans-serif" role="img">
      <title>\(Self.escaped(title))</title>
      <rect width="100%" height="100%" fill="white"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  /// At most two digits after the point: a hundredth of a pixel.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let text = NumberText.fixed(value, 2)
    guard text.contains(".") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Colour {
  /// `#rrggbb`
  var hex: String { String(format: "#%02x%02x%02x", Int(red), Int(green), Int(blue)) }
}
