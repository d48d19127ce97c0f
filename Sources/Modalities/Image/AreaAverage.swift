import ImageKernels

/// Scales a box of a PNG by area averaging, composed on a background.
///
/// With raw samples v and alpha a of 0...max (255, or 65535 at 16 bits) and the background b on the
/// same scale, a pixel counts as v · a + b · (max − a), a whole number of 0...max². It is summed by
/// rows, then by columns, times the overlaps of `AreaScaling`, whole numbers too: nothing is
/// rounded before the one division at the end (up to 2⁵³, which 16-bit pictures pass above
/// two megapixels, with relative errors of 1e-16).
struct AreaAverage {
  let box: PixelBox
  /// Grey level 0...255.
  let background: Int
  private let across: AreaScaling
  private let down: AreaScaling

  init(_ box: PixelBox, width: Int, height: Int, background: Int) {
    self.box = box
    self.background = background
    across = AreaScaling(from: box.width, to: width)
    down = AreaScaling(from: box.height, to: height)
  }

  /// Row-major interleaved RGB, 0...255, of the new width and height.
  func rgb(of png: borrowing PNGFile) -> [Double] {
    png.bitDepth == 8 && !png.hasAlpha ? averagedBytes(png) : averagedComposed(png)
  }

  /// 8 bits without alpha, the common case, in Float: the sum of a column is at most 255 · 20,000,
  /// a whole number that Float still holds exactly.
  private func averagedBytes(_ png: borrowing PNGFile) -> [Double] {
    let count = box.width * png.channels
    var sums = [Float](repeating: 0, count: count)
    var result: [Double] = []
    result.reserveCapacity(3 * across.targetCount * down.targetCount)
    for y in 0..<down.targetCount {
      for index in sums.indices { sums[index] = 0 }
      for (row, weight) in down.sources(of: y) {
        let samples = png.bytes(row: box.y + row) + box.x * png.channels
        eau_add_bytes(count, Float(weight), samples, &sums)
      }
      appendColumns(sums, channels: png.channels, unit: 1, to: &result)
    }
    return result
  }

  private func averagedComposed(_ png: borrowing PNGFile) -> [Double] {
    let most = png.bitDepth == 8 ? 255 : 65535
    var sums = [Double](repeating: 0, count: 3 * box.width)
    var composed = sums
    var result: [Double] = []
    result.reserveCapacity(3 * across.targetCount * down.targetCount)
    // An output row's last source row may also be the next one's first: the row made last is kept.
    var ready = -1
    for y in 0..<down.targetCount {
      for index in sums.indices { sums[index] = 0 }
      for (row, weight) in down.sources(of: y) {
        if row != ready {
          compose(png, row: box.y + row, most: most, into: &composed)
          ready = row
        }
        eau_add_doubles(sums.count, weight, composed, &sums)
      }
      appendColumns(sums, channels: 3, unit: Double(most * most) / 255, to: &result)
    }
    return result
  }

  /// Averages one row of column sums, in multiples of `unit`, across; grey becomes RGB.
  @inline(__always)
  private func appendColumns<Sum: BinaryFloatingPoint>(
    _ sums: [Sum], channels: Int, unit: Double, to result: inout [Double]
  ) {
    let whole = Double(across.sourceCount) * Double(down.sourceCount) * unit
    let green = channels > 2 ? 1 : 0
    let blue = channels > 2 ? 2 : 0
    sums.withUnsafeBufferPointer { sums in
      across.overlaps.withUnsafeBufferPointer { overlaps in
        for x in 0..<across.targetCount {
          var total = (red: 0.0, green: 0.0, blue: 0.0)
          var source = across.firstSource[x] * channels
          for index in across.starts[x]..<across.starts[x + 1] {
            let weight = overlaps[index]
            total.red += weight * Double(sums[source])
            total.green += weight * Double(sums[source + green])
            total.blue += weight * Double(sums[source + blue])
            source += channels
          }
          result.append(total.red / whole)
          result.append(total.green / whole)
          result.append(total.blue / whole)
        }
      }
    }
  }

  /// One row of the box as RGB of 0...most².
  private func compose(
    _ png: borrowing PNGFile, row: Int, most: Int, into composed: inout [Double]
  ) {
    let channels = png.channels
    let start = box.x * channels
    let count = box.width * channels
    composed.withUnsafeMutableBufferPointer { target in
      if png.bitDepth == 8 {
        compose(
          UnsafeBufferPointer(start: png.bytes(row: row) + start, count: count), channels,
          most: most, into: target)
      } else {
        compose(
          UnsafeBufferPointer(start: png.words(row: row) + start, count: count), channels,
          most: most, into: target)
      }
    }
  }

  @inline(__always)
  private func compose<Sample: FixedWidthInteger>(
    _ samples: UnsafeBufferPointer<Sample>, _ channels: Int, most: Int,
    into target: UnsafeMutableBufferPointer<Double>
  ) {
    let back = background * (most / 255)
    let green = channels > 2 ? 1 : 0
    let blue = channels > 2 ? 2 : 0
    let hasAlpha = channels == 2 || channels == 4
    for x in 0..<target.count / 3 {
      let base = x * channels
      let alpha = hasAlpha ? Int(samples[base + channels - 1]) : most
      let rest = back * (most - alpha)
      target[3 * x] = Double(Int(samples[base]) * alpha + rest)
      target[3 * x + 1] = Double(Int(samples[base + green]) * alpha + rest)
      target[3 * x + 2] = Double(Int(samples[base + blue]) * alpha + rest)
    }
  }
}
