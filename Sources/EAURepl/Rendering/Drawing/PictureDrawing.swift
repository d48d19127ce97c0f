extension Sheet {
  /// Two pixels a cell, one above the other, in colour; without colour one shade of ink for both.
  func draw(_ picture: Picture) -> [StyledLine] {
    let lines = caption(picture.caption, .dim)
    let columns = max(min(picture.maximumColumns, width), 1)
    let rows = max(picture.maximumRows, 1)
    guard let pixels = PixelGrid(picture, columns: columns, rows: 2 * rows) else {
      return lines + [StyledLine("no picture", .dim)]
    }
    return stride(from: 0, to: pixels.height, by: 2).map { y in
      var line = StyledLine()
      for x in 0..<pixels.width {
        let upper = pixels[x, y]
        let lower = y + 1 < pixels.height ? pixels[x, y + 1] : nil
        // Sixteen colours spoil a picture more than none.
        if style.colour >= .ansi256 && style.unicode {
          line.append("▀", Ink(foreground: upper.colour, background: lower?.colour))
        } else if style.colour >= .ansi256 {
          let shade = upper.mean(with: lower)
          line.append(Self.inkSign(shade), .of(shade.colour))
        } else {
          line.append(Self.inkSign(upper.mean(with: lower)))
        }
      }
      return line
    } + lines
  }

  /// More ink for brighter pixels, as on a dark terminal.
  private static func inkSign(_ pixel: Pixel) -> String {
    let level = Int((pixel.luminance / 255 * Double(Glyphs.ramp.count - 1)).rounded())
    return Glyphs.ramp[min(max(level, 0), Glyphs.ramp.count - 1)]
  }
}

private struct Pixel {
  var red = 0.0
  var green = 0.0
  var blue = 0.0

  var colour: Colour {
    Colour(UInt8(red.rounded()), UInt8(green.rounded()), UInt8(blue.rounded()))
  }

  /// ITU-R BT.709 weights, on the values as stored.
  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  func mean(with other: Pixel?) -> Pixel {
    guard let other else { return self }
    return Pixel(
      red: (red + other.red) / 2, green: (green + other.green) / 2, blue: (blue + other.blue) / 2)
  }
}

/// A picture scaled down to fit, each pixel the area-weighted mean of those it covers.
private struct PixelGrid {
  let width: Int
  let height: Int
  private let pixels: [Pixel]

  subscript(x: Int, y: Int) -> Pixel { pixels[y * width + x] }

  /// nil unless the picture has as many bytes as it claims.
  init?(_ picture: Picture, columns: Int, rows: Int) {
    let (sourceWidth, sourceHeight) = (picture.width, picture.height)
    guard sourceWidth > 0, sourceHeight > 0 else { return nil }
    let (area, overflow) = sourceWidth.multipliedReportingOverflow(by: sourceHeight)
    guard !overflow, picture.rgb.count % 3 == 0, picture.rgb.count / 3 == area else { return nil }
    let (ratioAcross, ratioDown) = (
      Double(sourceWidth) / Double(columns), Double(sourceHeight) / Double(rows)
    )
    let both = max(ratioAcross, ratioDown, 1)
    let (acrossScale, downScale) =
      picture.keepsShape ? (both, both) : (max(ratioAcross, 1), max(ratioDown, 1))
    width = min(max(Int((Double(sourceWidth) / acrossScale).rounded()), 1), columns)
    height = min(max(Int((Double(sourceHeight) / downScale).rounded()), 1), rows)
    let across = Self.covers(sourceWidth, width)
    let down = Self.covers(sourceHeight, height)
    pixels = picture.rgb.withUnsafeBufferPointer { rgb in
      var pixels: [Pixel] = []
      pixels.reserveCapacity(across.count * down.count)
      for vertical in down {
        for horizontal in across {
          pixels.append(Self.mean(rgb, sourceWidth, horizontal, vertical))
        }
      }
      return pixels
    }
  }

  /// For each target pixel the source pixels it covers, with the covered share of each.
  private typealias Cover = (first: Int, weights: [Double])

  private static func covers(_ source: Int, _ target: Int) -> [Cover] {
    let size = Double(source) / Double(target)
    return (0..<target).map { index in
      let start = Double(index) * size
      let end = start + size
      let first = min(Int(start), source - 1)
      let last = min(max(Int(end.rounded(.up)) - 1, first), source - 1)
      return (
        first,
        (first...last).map { max(min(end, Double($0 + 1)) - max(start, Double($0)), 1e-9) }
      )
    }
  }

  private static func mean(
    _ rgb: UnsafeBufferPointer<UInt8>, _ width: Int, _ across: Cover, _ down: Cover
  ) -> Pixel {
    var sum = Pixel()
    var total = 0.0
    for (row, rowWeight) in down.weights.enumerated() {
      var place = 3 * ((down.first + row) * width + across.first)
      for columnWeight in across.weights {
        let weight = rowWeight * columnWeight
        sum.red += weight * Double(rgb[place])
        sum.green += weight * Double(rgb[place + 1])
        sum.blue += weight * Double(rgb[place + 2])
        total += weight
        place += 3
      }
    }
    return Pixel(red: sum.red / total, green: sum.green / total, blue: sum.blue / total)
  }
}
