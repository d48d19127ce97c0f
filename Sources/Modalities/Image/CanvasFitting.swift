/// Puts a decoded PNG of any size on the square canvas: composed on the background, trimmed,
/// area-averaged to fit with its aspect kept, centred, the rest filled with the background.
struct CanvasFitting {
  let size: Int
  /// Grey level 0...255 behind transparency and around the picture.
  let background: Int
  /// Whether fully transparent margins are cut off first.
  let trim: Bool

  func bitmap(of png: borrowing PNGFile) -> Bitmap {
    let box = trim && png.hasAlpha ? Self.visibleBox(of: png) : Box(png.width, png.height)
    let longest = max(box.width, box.height)
    let width = max(1, (box.width * size + longest / 2) / longest)
    let height = max(1, (box.height * size + longest / 2) / longest)
    let averaged = average(png, box, width: width, height: height)

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
  private static func isOneColour(_ rgb: [Float]) -> Bool {
    rgb.indices.allSatisfy { abs(rgb[$0] - rgb[$0 % 3]) < 0.5 }
  }

  private struct Box {
    var x = 0
    var y = 0
    var width: Int
    var height: Int

    init(_ width: Int, _ height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// The smallest box around every pixel with an opacity above 3 %; the whole image if none has.
  private static func visibleBox(of png: borrowing PNGFile) -> Box {
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
    guard right >= 0 else { return Box(png.width, png.height) }
    var box = Box(right - left + 1, bottom - top + 1)
    box.x = left
    box.y = top
    return box
  }

  /// Row-major interleaved RGB of `width` × `height`, 0...255.
  private func average(
    _ png: borrowing PNGFile, _ box: Box, width: Int, height: Int
  ) -> [Float] {
    let across = AreaScaling(from: box.width, to: width)
    let down = AreaScaling(from: box.height, to: height)
    var composed = [Float](repeating: 0, count: 3 * box.width)
    var narrow = [Float](repeating: 0, count: 3 * width)
    var result = [Float](repeating: 0, count: 3 * width * height)
    // Source rows are visited once each, in order: an output row's last source row may also be
    // the next one's first, so the row made last is kept.
    var ready = -1
    for y in 0..<height {
      for (offset, weight) in zip(
        0..., down.weights[down.starts[y]..<down.starts[y + 1]])
      {
        let row = down.firstSource[y] + offset
        if row != ready {
          compose(png, row: box.y + row, from: box.x, into: &composed)
          Self.shrink(composed, across, into: &narrow)
          ready = row
        }
        let base = y * 3 * width
        for x in 0..<3 * width { result[base + x] += weight * narrow[x] }
      }
    }
    return result
  }

  private static func shrink(_ row: [Float], _ across: AreaScaling, into narrow: inout [Float]) {
    row.withUnsafeBufferPointer { row in
      across.weights.withUnsafeBufferPointer { weights in
        for x in 0..<narrow.count / 3 {
          var (red, green, blue): (Float, Float, Float) = (0, 0, 0)
          var source = 3 * across.firstSource[x]
          for index in across.starts[x]..<across.starts[x + 1] {
            let weight = weights[index]
            red += weight * row[source]
            green += weight * row[source + 1]
            blue += weight * row[source + 2]
            source += 3
          }
          narrow[3 * x] = red
          narrow[3 * x + 1] = green
          narrow[3 * x + 2] = blue
        }
      }
    }
  }

  /// One row as RGB Float 0...255: value · alpha + background · (1 − alpha).
  private func compose(
    _ png: borrowing PNGFile, row: Int, from start: Int, into composed: inout [Float]
  ) {
    let channels = png.channels
    let count = composed.count / 3
    composed.withUnsafeMutableBufferPointer { target in
      if png.bitDepth == 8 {
        let source = UnsafeBufferPointer(
          start: png.bytes(row: row) + start * channels, count: count * channels)
        compose(source, channels, scale: 1, into: target)
      } else {
        let source = UnsafeBufferPointer(
          start: png.words(row: row) + start * channels, count: count * channels)
        compose(source, channels, scale: 1 / 257, into: target)
      }
    }
  }

  @inline(__always)
  private func compose<Sample: BinaryInteger>(
    _ source: UnsafeBufferPointer<Sample>, _ channels: Int, scale: Float,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    let back = Float(background)
    let green = channels > 2 ? 1 : 0
    let blue = channels > 2 ? 2 : 0
    let hasAlpha = channels == 2 || channels == 4
    for x in 0..<target.count / 3 {
      let base = x * channels
      let alpha = hasAlpha ? Float(source[base + channels - 1]) * scale / 255 : 1
      let rest = back * (1 - alpha)
      target[3 * x] = Float(source[base]) * scale * alpha + rest
      target[3 * x + 1] = Float(source[base + green]) * scale * alpha + rest
      target[3 * x + 2] = Float(source[base + blue]) * scale * alpha + rest
    }
  }
}
