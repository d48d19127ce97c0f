/// A part of a picture, in pixels.
struct PixelBox {
  var x = 0
  var y = 0
  var width: Int
  var height: Int
}

/// Puts a decoded PNG of any size on the square canvas: composed on the background, trimmed,
/// area-averaged to fit with its aspect kept, centred, the rest filled with the background.
struct CanvasFitting {
  let size: Int
  /// Grey level 0...255 behind transparency and around the picture.
  let background: Int
  /// Whether fully transparent margins are cut off first.
  let trim: Bool

  func bitmap(of png: borrowing PNGFile) -> Bitmap {
    let box = trim && png.hasAlpha ? Self.visibleBox(of: png) : png.box
    let longest = max(box.width, box.height)
    let width = max(1, (box.width * size + longest / 2) / longest)
    let height = max(1, (box.height * size + longest / 2) / longest)
    let averaged = AreaAverage(box, width: width, height: height, background: background)
      .rgb(of: png)

    var rgb = [UInt8](repeating: UInt8(background), count: 3 * size * size)
    let left = (size - width) / 2
    let top = (size - height) / 2
    for y in 0..<height {
      let target = 3 * ((top + y) * size + left)
      for x in 0..<3 * width {
        rgb[target + x] = UInt8(min(max(averaged[y * 3 * width + x].rounded(), 0), 255))
      }
    }
    return Bitmap(
      size: size, rgb: rgb,
      source: Bitmap.Source(
        width: png.width, height: png.height, kind: png.kind,
        isBlank: Self.isOneColour(averaged)))
  }

  /// Whether all RGB triples are the same.
  private static func isOneColour(_ rgb: [Double]) -> Bool {
    rgb.indices.allSatisfy { abs(rgb[$0] - rgb[$0 % 3]) < 0.5 }
  }

  /// The smallest box around every pixel with an opacity above 3 %; the whole image if none has.
  private static func visibleBox(of png: borrowing PNGFile) -> PixelBox {
    var left = png.width
    var right = -1
    var top = png.height
    var bottom = -1
    let step = png.channels
    for y in 0..<png.height {
      var first = -1
      var last = -1
      if png.bitDepth == 8 {
        let row = png.bytes(row: y)
        for x in 0..<png.width where row[x * step + step - 1] > 8 {
          if first < 0 { first = x }
          last = x
        }
      } else {
        let row = png.words(row: y)
        for x in 0..<png.width where row[x * step + step - 1] > 8 * 257 {
          if first < 0 { first = x }
          last = x
        }
      }
      guard last >= 0 else { continue }
      left = min(left, first)
      right = max(right, last)
      top = min(top, y)
      bottom = y
    }
    guard right >= 0 else { return png.box }
    return PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }
}
