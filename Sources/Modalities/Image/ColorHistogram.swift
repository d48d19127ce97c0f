/// A joint histogram over hue, saturation and value, of the picture without its background.
///
/// Each of the three in equal bins; the hue of grey pixels (saturation below 0.1) counts as the
/// first. A bin's feature is the square root of its share of the content, so that a rare colour
/// still shows (Hellinger distance). Pixels within 4 levels of the background do not count.
struct ColorHistogram {
  let hues: Int
  let saturations: Int
  let values: Int

  var count: Int { hues * saturations * values }

  var names: [String] {
    (0..<hues).flatMap { hue in
      (0..<saturations).flatMap { saturation in
        (0..<values).map { "color:hue\(hue).saturation\(saturation).value\($0)" }
      }
    }
  }

  func features(_ bitmap: Bitmap, background: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: count)
    var total = 0
    bitmap.rgb.withUnsafeBufferPointer { rgb in
      for pixel in stride(from: 0, to: rgb.count - 2, by: 3) {
        let (red, green, blue) = (Int(rgb[pixel]), Int(rgb[pixel + 1]), Int(rgb[pixel + 2]))
        if abs(red - background) <= 4, abs(green - background) <= 4, abs(blue - background) <= 4 {
          continue
        }
        counts[bin(red, green, blue)] += 1
        total += 1
      }
    }
    return counts.map { (Double($0) / Double(max(total, 1))).squareRoot() }
  }

  func bin(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    let high = max(red, green, blue)
    let spread = high - min(red, green, blue)
    let value = min(high * values / 255, values - 1)
    let saturation = high == 0 ? 0 : min(spread * saturations / high, saturations - 1)
    return (hue(red, green, blue, high, spread) * saturations + saturation) * values + value
  }

  private func hue(
    _ red: Int, _ green: Int, _ blue: Int, _ high: Int, _ spread: Int
  ) -> Int {
    guard spread * 10 >= high, spread > 0 else { return 0 }
    // Sixths of the circle from red, times `spread` so that it stays a whole number.
    let sixths =
      if high == red {
        green >= blue ? green - blue : green - blue + 6 * spread
      } else if high == green {
        blue - red + 2 * spread
      } else {
        red - green + 4 * spread
      }
    return min(sixths * hues / (6 * spread), hues - 1)
  }
}
