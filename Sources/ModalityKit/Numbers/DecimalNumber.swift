/// The finite number that a cell of ASCII text states: an optional sign, digits with at most one
/// point, an optional exponent. nil for anything else, names of infinities and hexadecimals included.
///
/// Most cells have at most 15 digits and a small exponent: their value is an exact integer divided
/// or multiplied by an exact power of ten, rounded once and so correctly (Clinger, "How to read
/// floating point numbers accurately", 1990). The others go through the standard library.
public func decimalNumber(_ cell: ArraySlice<UInt8>) -> Double? {
  var position = cell.startIndex
  let end = cell.endIndex
  var isNegative = false
  if position < end, cell[position] == UInt8(ascii: "-") || cell[position] == UInt8(ascii: "+") {
    isNegative = cell[position] == UInt8(ascii: "-")
    position += 1
  }
  var mantissa: UInt64 = 0
  var digits = 0
  var exponent = 0
  var isBehindPoint = false
  scan: while position < end {
    switch cell[position] {
    case let byte where byte &- 0x30 < 10:
      digits += 1
      mantissa = mantissa &* 10 &+ UInt64(byte - 0x30)
      if isBehindPoint { exponent -= 1 }
    case UInt8(ascii: ".") where !isBehindPoint: isBehindPoint = true
    default: break scan
    }
    position += 1
  }
  guard digits > 0 else { return nil }
  if position < end {
    guard let written = writtenExponent(cell[position...]) else { return nil }
    exponent = min(max(exponent + written, -100_000), 100_000)
  }
  guard digits <= 15, abs(exponent) < Powers.exact.count else {
    let value = Double(String(decoding: cell, as: UTF8.self))
    return value.flatMap { $0.isFinite ? $0 : nil }
  }
  let magnitude =
    exponent < 0
    ? Double(mantissa) / Powers.exact[-exponent] : Double(mantissa) * Powers.exact[exponent]
  return isNegative ? -magnitude : magnitude
}

/// `e` or `E`, an optional sign, one to five digits.
private func writtenExponent(_ text: ArraySlice<UInt8>) -> Int? {
  guard let mark = text.first, mark | 0x20 == UInt8(ascii: "e") else { return nil }
  var digits = text.dropFirst()
  let isNegative = digits.first == UInt8(ascii: "-")
  if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
  guard (1...5).contains(digits.count) else { return nil }
  var value = 0
  for byte in digits {
    guard byte &- 0x30 < 10 else { return nil }
    value = value * 10 + Int(byte - 0x30)
  }
  return isNegative ? -value : value
}

private enum Powers {
  /// 10⁰ … 10²², the powers of ten that a Double holds exactly.
  static let exact: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
