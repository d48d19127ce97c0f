/// Whether an audio file is all there, by its container's own words.
///
/// libsndfile reads a truncated Ogg, WAV or AIFF file up to where it ends and says nothing. So:
/// - Ogg: the last page must be complete and carry the end-of-stream flag (RFC 3533).
/// - RIFF and FORM: at most 2 % of the length their header declares may be missing. 0 and
///   0xFFFFFFFF declare nothing (streaming writers).
///
/// Other formats are judged by the frames they declare and deliver; see `AudioReader`.
enum ContainerCheck {
  /// What is missing, in words, or nil when nothing is.
  static func flaw(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: Array("OggS".utf8)) { return oggFlaw(bytes) }
    if bytes.starts(with: Array("RIFF".utf8)) { return lengthFlaw(bytes, isBigEndian: false) }
    if bytes.starts(with: Array("FORM".utf8)) { return lengthFlaw(bytes, isBigEndian: true) }
    return nil
  }

  private static func oggFlaw(_ bytes: [UInt8]) -> String? {
    // The last page starts within its maximal length of 65307 bytes from the end; the search goes
    // twice as far for files with something after it.
    let lowest = max(0, bytes.count - 2 * 65_307)
    var start = bytes.count - 27
    while start >= lowest {
      if bytes[start] == 0x4F, bytes[start + 1] == 0x67, bytes[start + 2] == 0x67,
        bytes[start + 3] == 0x53, bytes[start + 4] == 0
      {
        return pageFlaw(bytes, start)
      }
      start -= 1
    }
    return "it has no last Ogg page"
  }

  private static func pageFlaw(_ bytes: [UInt8], _ start: Int) -> String? {
    let segments = Int(bytes[start + 26])
    let table = start + 27..<start + 27 + segments
    guard table.upperBound <= bytes.count,
      bytes[table].reduce(table.upperBound, { $0 + Int($1) }) <= bytes.count
    else { return "it ends in the middle of an Ogg page" }
    return bytes[start + 5] & 4 != 0 ? nil : "it ends before the end of its Ogg stream"
  }

  private static func lengthFlaw(_ bytes: [UInt8], isBigEndian: Bool) -> String? {
    guard bytes.count >= 8 else { return "its header is cut short" }
    let field = isBigEndian ? Array(bytes[4..<8]) : bytes[4..<8].reversed()
    let declared = field.reduce(0) { $0 << 8 | Int($1) }
    guard declared != 0, declared != 0xFFFF_FFFF else { return nil }
    let missing = declared + 8 - bytes.count
    return missing > max(16, declared / 50)
      ? "\(missing) of the \(declared + 8) bytes it declares are missing" : nil
  }
}
