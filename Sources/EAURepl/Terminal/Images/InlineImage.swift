import Foundation

/// A picture of a report's first blocks, as the bytes that show it in a terminal.
struct InlineImage: Sendable {
  let sequence: String
  /// How many blocks of the report it shows; those behind it are text.
  let blocks: Int

  /// - Throws: `picture-failed`, or `EncoderError`, when there is no memory for it.
  init(_ blocks: [Block], _ format: ImageFormat, _ style: TerminalStyle) throws {
    let page = PageRenderer.page(blocks)
    self.blocks = blocks.count
    switch format {
    case .kitty:
      // The terminal scales: sharp also where its pixels are small.
      let columns = min(style.width, Self.widest)
      sequence = KittyImage.sequence(png: try PageBitmap(page).png(), columns: columns) + "\n"
    case .sixel:
      let width = Self.pixels(style.width)
      let scale = min(1, Double(width) / page.width)
      sequence = SixelImage(try PageBitmap(page, scale: scale)).sequence + "\n"
    }
  }

  /// In character cells.
  private static let widest = 100
  /// Of a character cell, where the terminal does not say.
  private static let usualCell = 8

  /// How many pixels wide the terminal is.
  private static func pixels(_ columns: Int) -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_xpixel > 0 else {
      return columns * usualCell
    }
    return Int(size.ws_xpixel)
  }
}

/// Kitty's graphics protocol.
enum KittyImage {
  /// Bytes of base64 a sequence may carry.
  static let chunk = 4096

  /// Shows a PNG at the cursor, scaled to a number of columns; the terminal says nothing to it.
  static func sequence(png: [UInt8], columns: Int) -> String {
    let text = Array(Data(png).base64EncodedString().utf8)
    let starts = Array(stride(from: 0, to: text.count, by: chunk))
    return starts.map { start in
      let part = text[start..<min(start + chunk, text.count)]
      let head = start == 0 ? "a=T,f=100,q=2,c=\(columns)," : ""
      let more = start == starts.last ? 0 : 1
      return "\u{1B}_G\(head)m=\(more);\(String(decoding: part, as: UTF8.self))\u{1B}\\"
    }.joined()
  }
}
