import Cairo
import Foundation
import Modalities
import ModalityKit

/// A page painted in pixels by Cairo.
struct PageBitmap: Equatable, Sendable {
  let width: Int
  let height: Int
  /// Row-major RGB, `3 * width * height` bytes.
  let rgb: [UInt8]

  /// Pixels a point of the page in a file: sharp on a slide.
  static let fileScale = 2.0
  /// Cairo's own limit is 32767.
  private static let longestSide = 20_000.0

  /// - Parameter scale: pixels a point of the page; less where the page is very long.
  /// - Throws: `picture-failed` when Cairo has no memory.
  init(_ page: Page, scale: Double = PageBitmap.fileScale) throws {
    let scale = min(scale, Self.longestSide / max(page.width, page.height))
    width = max(1, Int((page.width * scale).rounded()))
    height = max(1, Int((page.height * scale).rounded()))
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { throw Self.failure }
    defer { cairo_surface_destroy(surface) }
    guard let context = cairo_create(surface) else { throw Self.failure }
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, scale, scale)
    let painter = CairoPainter(context: context)
    for mark in page.marks { painter.draw(mark) }
    cairo_surface_flush(surface)
    guard cairo_status(context) == CAIRO_STATUS_SUCCESS,
      cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      let pixels = cairo_image_surface_get_data(surface)
    else { throw Self.failure }
    let stride = Int(cairo_image_surface_get_stride(surface))
    rgb = Self.rgb(pixels, stride: stride, width: width, height: height)
  }

  func png() throws -> [UInt8] { try PNGFile.encoded(rgb: rgb, width: width, height: height) }

  /// Cairo keeps 32 bits a pixel, red in the third byte from below.
  private static func rgb(
    _ pixels: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(3 * width * height)
    for row in 0..<height {
      let line = UnsafeRawPointer(pixels + row * stride)
      for column in 0..<width {
        let pixel = line.load(fromByteOffset: 4 * column, as: UInt32.self)
        result.append(UInt8(truncatingIfNeeded: pixel >> 16))
        result.append(UInt8(truncatingIfNeeded: pixel >> 8))
        result.append(UInt8(truncatingIfNeeded: pixel))
      }
    }
    return result
  }

  private static let failure = CommandError(
    "picture-failed", "the picture could not be painted",
    hint: "draw an SVG file instead, or a smaller picture")
}

/// Marks on a Cairo context. Lives no longer than the context it was given.
private struct CairoPainter {
  let context: OpaquePointer

  func draw(_ mark: Page.Mark) {
    switch mark {
    case .shape(let shape, let fill, let pen):
      trace(shape)
      if let fill {
        use(fill.colour, opacity: fill.opacity)
        cairo_fill_preserve(context)
      }
      if let pen { stroke(pen) }
      cairo_new_path(context)
    case .text(let label): draw(label)
    case .image(let picture, let frame): draw(picture, in: frame)
    }
  }

  private func trace(_ shape: Page.Shape) {
    cairo_new_path(context)
    switch shape {
    case .rectangle(let frame):
      cairo_rectangle(context, frame.x, frame.y, frame.width, frame.height)
    case .polygon(let points):
      trace(points)
      cairo_close_path(context)
    case .polyline(let points): trace(points)
    case .ellipse(let centre, let across, let down, let turn):
      guard across > 0, down > 0 else { return }
      cairo_save(context)
      cairo_translate(context, centre.x, centre.y)
      cairo_rotate(context, turn)
      cairo_scale(context, across, down)
      cairo_arc(context, 0, 0, 1, 0, 2 * .pi)
      // The path stays an ellipse, the pen becomes round again.
      cairo_restore(context)
    }
  }

  private func trace(_ points: [Page.Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
  }

  private func stroke(_ pen: Page.Pen) {
    use(pen.colour)
    cairo_set_line_width(context, pen.width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_dash(context, pen.dashes, Int32(pen.dashes.count), 0)
    cairo_stroke(context)
  }

  private func draw(_ label: Page.Label) {
    let text = printable(label.text)
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
      label.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, label.size)
    use(label.colour)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    let shift: Double =
      switch label.anchor {
      case .start: 0
      case .middle: -extents.x_advance / 2
      case .end: -extents.x_advance
      }
    cairo_save(context)
    cairo_translate(context, label.place.x, label.place.y)
    cairo_rotate(context, label.turn * .pi / 180)
    cairo_move_to(context, shift, 0)
    cairo_show_text(context, text)
    cairo_restore(context)
  }

  private func draw(_ picture: Picture, in frame: Page.Frame) {
    let (width, height) = (picture.width, picture.height)
    guard width > 0, height > 0, picture.rgb.count == 3 * width * height,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
      let pixels = cairo_image_surface_get_data(surface)
    else { return }
    defer { cairo_surface_destroy(surface) }
    let stride = Int(cairo_image_surface_get_stride(surface))
    for row in 0..<height {
      let line = UnsafeMutableRawPointer(pixels + row * stride)
      for column in 0..<width {
        let place = 3 * (row * width + column)
        let (red, green, blue) = (
          UInt32(picture.rgb[place]), UInt32(picture.rgb[place + 1]), UInt32(picture.rgb[place + 2])
        )
        line.storeBytes(
          of: red << 16 | green << 8 | blue, toByteOffset: 4 * column, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(context)
    cairo_translate(context, frame.x, frame.y)
    cairo_scale(context, frame.width / Double(width), frame.height / Double(height))
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  private func use(_ colour: Colour, opacity: Double = 1) {
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255,
      opacity)
  }
}
