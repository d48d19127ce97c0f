import Foundation
import Modalities
import ModalityKit

/// A page as an SVG 1.1 document.
///
/// Text from anywhere is made printable and escaped here, once.
enum SVGFile {
  /// The whole document, ending in a newline.
  /// - Throws: `EncoderError` when a bitmap cannot be written.
  static func text(_ page: Page, title: String) throws -> String {
    let elements = try page.marks.map(element)
    let size = "\(number(page.width)) \(number(page.height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(number(page.width))" \
      font-family="system-ui, sans-serif" role="img">
      <title>\(escaped(title))</title>
      <rect width="100%" height="100%" fill="white"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  private static func element(_ mark: Page.Mark) throws -> String {
    switch mark {
    case .shape(let shape, let fill, let pen): return self.shape(shape, paint(fill, pen))
    case .text(let label): return text(label)
    case .image(let picture, let frame):
      let png = try PNGFile.encoded(
        rgb: picture.rgb, width: picture.width, height: picture.height)
      return
        "<image \(box(frame)) preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
        + "href=\"data:image/png;base64,\(Data(png).base64EncodedString())\"/>"
    }
  }

  private static func shape(_ shape: Page.Shape, _ paint: String) -> String {
    switch shape {
    case .rectangle(let frame): return "<rect \(box(frame))\(paint)/>"
    case .polygon(let corners): return "<polygon points=\"\(path(corners))\"\(paint)/>"
    case .polyline(let points):
      guard points.count == 2 else {
        return "<polyline points=\"\(path(points))\"\(paint)/>"
      }
      return "<line x1=\"\(number(points[0].x))\" y1=\"\(number(points[0].y))\" "
        + "x2=\"\(number(points[1].x))\" y2=\"\(number(points[1].y))\"\(paint)/>"
    case .ellipse(let centre, let across, let down, let turn):
      let (x, y) = (number(centre.x), number(centre.y))
      let rotation =
        turn == 0 ? "" : " transform=\"rotate(\(number(turn * 180 / .pi)) \(x) \(y))\""
      return "<ellipse cx=\"\(x)\" cy=\"\(y)\" rx=\"\(number(across))\" ry=\"\(number(down))\""
        + "\(rotation)\(paint)/>"
    }
  }

  private static func paint(_ fill: Page.Fill?, _ pen: Page.Pen?) -> String {
    var text = " fill=\"\(fill?.colour.hex ?? "none")\""
    if let fill, fill.opacity < 1 { text += " fill-opacity=\"\(number(fill.opacity))\"" }
    if let pen {
      text += " stroke=\"\(pen.colour.hex)\" stroke-width=\"\(number(pen.width))\""
      if !pen.dashes.isEmpty {
        text += " stroke-dasharray=\"\(pen.dashes.map(number).joined(separator: " "))\""
      }
    }
    return text
  }

  private static func text(_ label: Page.Label) -> String {
    let (x, y) = (number(label.place.x), number(label.place.y))
    return "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(number(label.size))\""
      + (label.isBold ? " font-weight=\"bold\"" : "")
      + (label.anchor == .start ? "" : " text-anchor=\"\(label.anchor.rawValue)\"")
      + (label.turn == 0 ? "" : " transform=\"rotate(\(number(label.turn)) \(x) \(y))\"")
      + " fill=\"\(label.colour.hex)\">\(escaped(label.text))</text>"
  }

  private static func box(_ frame: Page.Frame) -> String {
    "x=\"\(number(frame.x))\" y=\"\(number(frame.y))\" width=\"\(number(frame.width))\" "
      + "height=\"\(number(frame.height))\""
  }

  private static func path(_ points: [Page.Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
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
