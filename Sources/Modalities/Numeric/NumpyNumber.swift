/// A kind of number that a .npy file may hold, by numpy's code for it: `<f8`, `>i2`, `|b1` …
struct NumpyNumber {
  private enum Kind: Character {
    case real = "f"
    case signed = "i"
    case unsigned = "u"
    case truth = "b"
  }

  private let kind: Kind
  private let isBigEndian: Bool
  /// Bytes a number.
  let width: Int

  /// nil for kinds that are no plain numbers: objects, text, dates, complex numbers; and for half
  /// and extended precision.
  init?(_ code: String) {
    let parts = Array(code)
    guard parts.count == 3, let kind = Kind(rawValue: parts[1]),
      let width = parts[2].wholeNumberValue
    else { return nil }
    let widths: Set<Int> =
      switch kind {
      case .real: [4, 8]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .truth: [1]
      }
    // A byte has no order, which numpy writes as a bar.
    let orders: Set<Character> = width == 1 ? ["|", "<", ">"] : ["<", ">"]
    guard widths.contains(width), orders.contains(parts[0]) else { return nil }
    self.kind = kind
    self.width = width
    isBigEndian = parts[0] == ">"
  }

  /// - Parameter bytes: a multiple of `width` of them. Whole numbers beyond ±2⁵³ are rounded.
  func decode(_ bytes: ArraySlice<UInt8>) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(bytes.count / width)
    var start = bytes.startIndex
    while start + width <= bytes.endIndex {
      var bits: UInt64 = 0
      for offset in 0..<width {
        let place = isBigEndian ? offset : width - 1 - offset
        bits = bits << 8 | UInt64(bytes[start + place])
      }
      values.append(value(of: bits))
      start += width
    }
    return values
  }

  private func value(of bits: UInt64) -> Double {
    switch kind {
    case .real:
      width == 4
        ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    case .unsigned: Double(bits)
    case .truth: bits == 0 ? 0 : 1
    case .signed:
      // Shifted up and down again, the sign bit fills what is left of it.
      Double(Int64(bitPattern: bits << (64 - 8 * width)) >> (64 - 8 * width))
    }
  }
}
