import Foundation

extension SafeTensors {
  /// The whole file. The header is padded with spaces so that the numbers start at a multiple of 8.
  public func encoded() throws -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      entries.append("\"__metadata__\":\(try json(metadata))")
    }
    var offset = 0
    for (name, tensor) in tensors {
      let end = offset + tensor.byteCount
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(try json(name)):{\"dtype\":\"\(tensor.typeName)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header)
    for (_, tensor) in tensors { tensor.append(to: &bytes) }
    return bytes
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension SafeTensors.Tensor {
  public var shape: [Int] {
    switch self {
    case .float(let shape, _), .double(let shape, _): shape
    }
  }

  var typeName: String {
    switch self {
    case .float: "F32"
    case .double: "F64"
    }
  }

  var byteCount: Int {
    switch self {
    case .float(_, let values): values.count * 4
    case .double(_, let values): values.count * 8
    }
  }

  func append(to bytes: inout [UInt8]) {
    // Both supported targets are little-endian, as the format is.
    switch self {
    case .float(_, let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .double(_, let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }
}
