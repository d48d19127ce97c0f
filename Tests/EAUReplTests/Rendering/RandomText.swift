import SeededRandom

/// Up to eleven scalars from all over Unicode, control characters more than their share.
func randomText(_ random: inout SeededGenerator) -> String {
  var text = String.UnicodeScalarView()
  for _ in 0..<random.index(below: 12) {
    let limits: [UInt32] = [0x20, 0xA1, 0x300, 0x3000, 0x11_0000]
    let limit = limits[random.index(below: limits.count)]
    let value = UInt32(random.index(below: Int(limit)))
    text.append(Unicode.Scalar(value) ?? "x")
  }
  return String(text)
}
