/// Places in the UTF-8 of a text.
extension UnsafeBufferPointer<UInt8> {
  /// The first byte from `start` that is not ASCII.
  func firstNonASCII(from start: Int) -> Int? {
    let raw = UnsafeRawBufferPointer(self)
    var position = start
    while position + 8 <= count {
      let group = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      if group & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < count {
      if self[position] >= 0x80 { return position }
      position += 1
    }
    return nil
  }

  /// Behind the last blank in `limit..<position`, or `limit`.
  func wordStart(before position: Int, notBefore limit: Int) -> Int {
    var start = position
    while start > limit, !Self.isBlank(self[start - 1]) { start -= 1 }
    return start
  }

  /// Behind the first blank after `foreign`, which is not ASCII, that more ASCII follows, or that
  /// comes after 256 bytes: foreign letters near each other are normalised together.
  func endOfNonASCII(from foreign: Int) -> Int {
    var last = foreign
    while true {
      let next = firstNonASCII(from: last + 1) ?? count
      if next - last > 32 || next - foreign > 256 || next == count,
        let blank = self[(last + 1)..<next].firstIndex(where: Self.isBlank)
      {
        return blank + 1
      }
      if next == count { return count }
      last = next
    }
  }

  /// White space and control characters of ASCII: no step of normalising and cutting looks across
  /// one of them.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// The scalar that begins at `position`, and its bytes.
  ///
  /// - Precondition: the text is valid UTF-8.
  @inline(__always)
  func scalar(at position: Int) -> (scalar: Unicode.Scalar, width: Int) {
    let first = self[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(width))
    for offset in 1..<width where position + offset < count {
      value = value << 6 | UInt32(self[position + offset] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
  }

  /// The scalar that begins at `position` and its bytes, or nil if no valid one does or it is cut
  /// off.
  @inline(__always)
  func validScalar(at position: Int) -> (scalar: Unicode.Scalar, width: Int)? {
    let first = self[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    guard first >= 0xC2, first < 0xF5 else { return nil }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard position + width <= count else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(width))
    for offset in 1..<width {
      let next = self[position + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    // Longer than needed, a surrogate, or beyond Unicode.
    guard width == 2 || value >= (width == 3 ? 0x800 : 0x10000),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, width)
  }
}
