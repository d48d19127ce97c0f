import Foundation
import ModalityKit

/// Writes blocks as a picture, in the format its name ends in.
enum PictureFile {
  enum Format: String, CaseIterable, Sendable { case svg, png }

  /// - Throws: `bad-ending` for a name that ends otherwise.
  static func format(of path: String) throws -> Format {
    let ending = (path as NSString).pathExtension.lowercased()
    guard let format = Format(rawValue: ending) else {
      throw CommandError(
        "bad-ending", "expected a file that ends in .svg or .png, found \(printable(path))",
        hint: "SVG can be scaled, PNG goes everywhere: plot WHAT picture.svg")
    }
    return format
  }

  static func write(_ blocks: [Block], title: String, to path: String) throws {
    let format = try format(of: path)
    let page = PageRenderer.page(blocks)
    let bytes =
      switch format {
      case .svg: Array(try SVGFile.text(page, title: title).utf8)
      case .png: try PageBitmap(page).png()
      }
    try AtomicFile.write(bytes, to: (path as NSString).expandingTildeInPath)
  }
}
