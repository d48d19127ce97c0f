import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a picture, on the 0...255 scale of its canvas. The realised amount is the root
/// mean square change of a colour value, over 255.
enum ImageCorruptions {
  static let all: [Corruption<Bitmap>] = [
    Corruption(
      "gaussian", "adds grey normal noise, the same on all channels: std 10·severity of 255"
    ) { measured($0, $1, &$2, gaussian) },
    Corruption(
      "gaussian-rgb", "adds normal noise to each channel by itself: std 10·severity of 255"
    ) { measured($0, $1, &$2, gaussianPerChannel) },
    Corruption(
      "saltpepper", "turns a share severity/10 of the pixels black or white"
    ) { measured($0, $1, &$2, saltPepper) },
    Corruption(
      "blur", "Gaussian blur, std 0.8·severity pixels on a canvas of 64"
    ) { measured($0, $1, &$2, blur) },
    Corruption(
      "occlude", "covers a square of severity/10 of the area with mid-grey"
    ) { measured($0, $1, &$2, occlude) },
    Corruption(
      "contrast", "fades the picture to its mean grey by severity/10"
    ) { measured($0, $1, &$2, contrast) },
  ]

  private typealias Spoiler = (Bitmap, Double, inout SeededGenerator) -> [UInt8]

  private static func measured(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator, _ spoil: Spoiler
  ) -> Corrupted<Bitmap> {
    let rgb = spoil(bitmap, severity, &generator)
    var squares = 0
    for (new, old) in zip(rgb, bitmap.rgb) {
      let difference = Int(new) - Int(old)
      squares += difference * difference
    }
    guard squares > 0 else { return Corrupted(signal: bitmap, realised: .none) }
    let change = (Double(squares) / Double(rgb.count)).squareRoot()
    return Corrupted(
      signal: bitmap.with(rgb: rgb),
      realised: RealisedCorruption(
        amount: change / 255, text: String(format: "RMS change %.1f of 255", change)))
  }

  private static func byte(_ value: Double) -> UInt8 { UInt8(min(max(value, 0), 255).rounded()) }

  private static func gaussian(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var rgb = bitmap.rgb
    for pixel in stride(from: 0, to: rgb.count, by: 3) {
      let noise = 10 * severity * generator.normal()
      for channel in pixel..<pixel + 3 { rgb[channel] = byte(Double(rgb[channel]) + noise) }
    }
    return rgb
  }

  private static func gaussianPerChannel(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var rgb = bitmap.rgb
    for index in rgb.indices {
      rgb[index] = byte(Double(rgb[index]) + 10 * severity * generator.normal())
    }
    return rgb
  }

  private static func saltPepper(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var rgb = bitmap.rgb
    for pixel in stride(from: 0, to: rgb.count, by: 3)
    where generator.uniform() < severity / 10 {
      let value: UInt8 = generator.uniform() < 0.5 ? 0 : 255
      for channel in pixel..<pixel + 3 { rgb[channel] = value }
    }
    return rgb
  }

  /// Separable; the border pixel is repeated outwards.
  private static func blur(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let size = bitmap.size
    let deviation = 0.8 * severity * Double(size) / 64
    let radius = max(1, min(Int((3 * deviation).rounded(.up)), size))
    var kernel = (-radius...radius).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let total = kernel.reduce(0, +)
    for index in kernel.indices { kernel[index] /= total }
    let rows = blurred(bitmap.rgb.map(Double.init), kernel, size: size, along: 3, across: 3 * size)
    let both = blurred(rows, kernel, size: size, along: 3 * size, across: 3)
    return both.map(byte)
  }

  private static func blurred(
    _ values: [Double], _ kernel: [Double], size: Int, along: Int, across: Int
  ) -> [Double] {
    let radius = kernel.count / 2
    var result = [Double](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { values in
      for line in 0..<size {
        for place in 0..<size {
          let target = line * across + place * along
          for (index, weight) in kernel.enumerated() {
            let source = line * across + min(max(place + index - radius, 0), size - 1) * along
            for channel in 0..<3 { result[target + channel] += weight * values[source + channel] }
          }
        }
      }
    }
    return result
  }

  private static func occlude(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let size = bitmap.size
    let side = max(1, Int((Double(size) * (severity / 10).squareRoot()).rounded()))
    let left = generator.index(below: size - side + 1)
    let top = generator.index(below: size - side + 1)
    var rgb = bitmap.rgb
    for y in top..<top + side {
      for index in 3 * (y * size + left)..<3 * (y * size + left + side) { rgb[index] = 128 }
    }
    return rgb
  }

  private static func contrast(
    _ bitmap: Bitmap, _ severity: Double, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let grey = GreyLevels(bitmap).values
    let mean = grey.reduce(0, +) / Double(grey.count)
    return bitmap.rgb.map { byte(mean + (Double($0) - mean) * (1 - severity / 10)) }
  }
}
