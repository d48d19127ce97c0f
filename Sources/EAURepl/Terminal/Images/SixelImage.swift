/// A bitmap in DEC's sixel format: palette, then bands of six rows, colour by colour.
struct SixelImage {
  private let width: Int
  private let height: Int
  private let palette: ColourPalette

  init(_ bitmap: PageBitmap) {
    self.init(width: bitmap.width, height: bitmap.height, rgb: bitmap.rgb)
  }

  /// - Parameter rgb: row-major, `3 * width * height` bytes.
  init(width: Int, height: Int, rgb: [UInt8]) {
    (self.width, self.height) = (width, height)
    palette = ColourPalette(rgb: rgb, limit: 256)
  }

  /// The whole escape sequence. Pixels have the aspect 1:1, colours are in percent.
  var sequence: String {
    var bytes = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
    for (index, colour) in palette.colours.enumerated() {
      let percent = [colour.red, colour.green, colour.blue].map { (Int($0) * 100 + 127) / 255 }
      bytes += Array("#\(index);2;\(percent[0]);\(percent[1]);\(percent[2])".utf8)
    }
    for top in stride(from: 0, to: height, by: 6) {
      band(from: top, into: &bytes)
      bytes.append(UInt8(ascii: "-"))
    }
    return String(decoding: bytes, as: UTF8.self) + "\u{1B}\\"
  }

  /// Six rows: for each colour in them a row of sixels, `$` going back to the beginning.
  private func band(from top: Int, into bytes: inout [UInt8]) {
    var present = [Bool](repeating: false, count: palette.colours.count)
    let rows = top..<min(top + 6, height)
    for place in rows.lowerBound * width..<rows.upperBound * width {
      present[palette.indices[place]] = true
    }
    var isFirst = true
    for colour in present.indices where present[colour] {
      if !isFirst { bytes.append(UInt8(ascii: "$")) }
      isFirst = false
      bytes += Array("#\(colour)".utf8)
      var run: (sixel: UInt8, count: Int) = (0, 0)
      for x in 0..<width {
        var sixel: UInt8 = 0
        for (bit, y) in rows.enumerated() where palette.indices[y * width + x] == colour {
          sixel |= 1 << UInt8(bit)
        }
        if sixel == run.sixel {
          run.count += 1
        } else {
          Self.write(run, into: &bytes)
          run = (sixel, 1)
        }
      }
      // Blanks at the end say nothing.
      if run.sixel != 0 { Self.write(run, into: &bytes) }
    }
  }

  /// `!12~` stands for twelve times `~`.
  private static func write(_ run: (sixel: UInt8, count: Int), into bytes: inout [UInt8]) {
    guard run.count > 0 else { return }
    let sign = 63 + run.sixel
    if run.count > 3 {
      bytes += Array("!\(run.count)".utf8) + [sign]
    } else {
      bytes += Array(repeating: sign, count: run.count)
    }
  }
}
