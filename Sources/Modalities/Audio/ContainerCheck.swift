/// Whether an audio file is all there, by its container's own words.
///
/// libsndfile reads most truncated files up to where they end and says nothing. So:
/// - Ogg: the last page must be complete and carry the end-of-stream flag (RFC 3533).
/// - RIFF, RF64, FORM, W64, AU and CAF: at most 2 % of the length that their header declares may be
///   missing. Streaming writers declare nothing: 0 or the largest number there is.
///
/// Other formats are judged by the frames they declare and deliver; see `AudioReader`.
struct ContainerCheck {
  private let source: ByteSource

  /// What is missing, in words, or nil when nothing is.
  static func flaw(_ source: ByteSource) -> String? {
    let check = ContainerCheck(source: source)
    switch String(decoding: source.bytes(0..<4), as: UTF8.self) {
    case "OggS": return check.oggFlaw()
    case "RIFF": return check.lengthFlaw(at: 4, bytes: 4, counting: 8, .little)
    case "FORM": return check.lengthFlaw(at: 4, bytes: 4, counting: 8, .big)
    // The 64-bit length is the first field of the ds64 chunk (EBU Tech 3306).
    case "RF64": return check.lengthFlaw(at: 20, bytes: 8, counting: 8, .little)
    // Sony's Wave64: 16 bytes of GUID, then the length of all.
    case "riff": return check.lengthFlaw(at: 16, bytes: 8, counting: 0, .little)
    case ".snd": return check.soundFlaw(.big)
    case "dns.": return check.soundFlaw(.little)
    case "caff": return check.cafFlaw()
    default: return nil
    }
  }

  // MARK: Ogg

  private func oggFlaw() -> String? {
    // The last page starts within its maximal length of 65307 bytes from the end; the search goes
    // twice as far for files with something after it.
    let bytes = source.bytes(max(0, source.count - 2 * 65_307)..<source.count)
    var start = bytes.count - 27
    while start >= 0 {
      if bytes[start] == 0x4F, bytes[start + 1] == 0x67, bytes[start + 2] == 0x67,
        bytes[start + 3] == 0x53, bytes[start + 4] == 0
      {
        return pageFlaw(bytes, start)
      }
      start -= 1
    }
    return "it has no last Ogg page"
  }

  private func pageFlaw(_ bytes: [UInt8], _ start: Int) -> String? {
    let segments = Int(bytes[start + 26])
    let table = start + 27..<start + 27 + segments
    guard table.upperBound <= bytes.count,
      bytes[table].reduce(table.upperBound, { $0 + Int($1) }) <= bytes.count
    else { return "it ends in the middle of an Ogg page" }
    return bytes[start + 5] & 4 != 0 ? nil : "it ends before the end of its Ogg stream"
  }

  // MARK: Declared lengths

  private enum ByteOrder {
    case big, little
  }

  /// The unsigned number at `position`, or nil where the file ends before.
  private func number(at position: Int, bytes count: Int, _ order: ByteOrder) -> UInt64? {
    let field = source.bytes(position..<position + count)
    guard field.count == count else { return nil }
    let digits = order == .big ? field : field.reversed()
    return digits.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Of a header field for the length of all that follows its first `header` bytes.
  private func lengthFlaw(
    at position: Int, bytes: Int, counting header: Int, _ order: ByteOrder
  ) -> String? {
    guard let declared = number(at: position, bytes: bytes, order) else {
      return "its header is cut short"
    }
    return flaw(declared: declared, bytes: bytes, from: header)
  }

  private func flaw(declared: UInt64, bytes: Int, from start: Int) -> String? {
    let unknown = bytes == 8 ? UInt64.max : UInt64(UInt32.max)
    guard declared != 0, declared != unknown else { return nil }
    let total = Int(clamping: declared.addingReportingOverflow(UInt64(start)).partialValue)
    let missing = total - source.count
    return missing > max(16, total / 50)
      ? "\(missing) of the \(total) bytes it declares are missing" : nil
  }

  /// AU: the place of the samples, then their length.
  private func soundFlaw(_ order: ByteOrder) -> String? {
    guard let start = number(at: 4, bytes: 4, order), let length = number(at: 8, bytes: 4, order)
    else { return "its header is cut short" }
    return flaw(declared: length, bytes: 4, from: Int(start))
  }

  /// CAF: chunks of a name, a length and as many bytes, one of which, `data`, holds the samples.
  private func cafFlaw() -> String? {
    var position = 8
    // Far more chunks than there are kinds of them.
    for _ in 0..<1000 {
      guard let length = number(at: position + 4, bytes: 8, .big) else { break }
      let start = position + 12
      if source.bytes(position..<position + 4) == Array("data".utf8) {
        return flaw(declared: length, bytes: 8, from: start)
      }
      guard length <= UInt64(source.count) else { break }
      position = start + Int(length)
    }
    return "it has no samples"
  }
}
