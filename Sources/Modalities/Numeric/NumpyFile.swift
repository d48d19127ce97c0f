import ModalityKit

/// Reads a vector from a .npy file, format versions 1 to 3
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): signature, version,
/// header length, a Python dictionary as text, the raw numbers. Pickled objects are never read.
enum NumpyFile {
  static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// numpy's own reader refuses headers above 10,000 characters.
  static let headerLimit = 1 << 16

  /// - Throws: `wrongFormat` for another shape or kind of number, `damaged` when the header cannot
  ///   be read or the size is not exactly what it states, `tooLarge` above `limit` numbers.
  static func values(
    in bytes: [UInt8], name: String, limit: Int
  ) throws(EncoderError) -> [Double] {
    guard bytes.starts(with: signature) else {
      throw EncoderError(
        .wrongFormat, "expected a .npy file, found no numpy signature in \(name)",
        hint: "write it with numpy.save")
    }
    guard bytes.count >= 12 else { throw damaged(name, "its header is cut off") }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw EncoderError(
        .wrongFormat, "\(name): expected .npy version 1 to 3, found \(version)",
        hint: "write it with numpy.save")
    }
    // Version 1 has a length of two bytes, later ones of four.
    let lengthBytes = version == 1 ? 2 : 4
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + lengthBytes
    guard length <= headerLimit else {
      throw EncoderError(
        .tooLarge, "\(name): its header has \(length) bytes, the limit is \(headerLimit)",
        hint: "save one plain vector")
    }
    guard start + length <= bytes.count else { throw damaged(name, "its header is cut off") }
    let header = try NumpyHeader(bytes[start..<start + length], name: name)
    let count = try vectorLength(header.shape, name)
    guard count <= limit else {
      throw EncoderError(
        .tooLarge, "\(name) holds \(count) numbers, the limit is \(limit)",
        hint: "use a shorter vector")
    }
    let content = bytes[(start + length)...]
    guard content.count == count * header.number.width else {
      throw damaged(
        name,
        "its header promises \(count * header.number.width) bytes of numbers, it has "
          + "\(content.count)")
    }
    return header.number.decode(content)
  }

  /// The N of the shapes (N,) and (1, N). Both look the same in C and in Fortran order.
  private static func vectorLength(_ shape: [Int], _ name: String) throws(EncoderError) -> Int {
    if let count = shape.last, shape.count == 1 || shape.count == 2 && shape[0] == 1 {
      return count
    }
    let found = shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: " × ")
    throw EncoderError(
      .wrongFormat, "\(name): expected one vector of shape N or 1 × N, found \(found)",
      hint: "save one sample a file: numpy.save(path, sample.ravel())")
  }

  static func damaged(_ name: String, _ what: String) -> EncoderError {
    EncoderError(.damaged, "\(name) is damaged: \(what)", hint: "write it again with numpy.save")
  }
}
