import Foundation

extension SafeTensors {
  /// The whole file. The header is padded with spaces so that the numbers start at a multiple of 8.
  public func encoded() throws -> [UInt8] {
    var bytes = try Self.header(
      tensors.map {
        Entry(name: $0.name, type: $0.tensor.typeName, shape: $0.tensor.shape)
      }, metadata: metadata)
    bytes.reserveCapacity(bytes.count + tensors.reduce(0) { $0 + $1.tensor.byteCount })
    for (_, tensor) in tensors { tensor.append(to: &bytes) }
    return bytes
  }

  /// What a header says of one tensor.
  public struct Entry: Sendable, Equatable {
    public let name: String
    /// `F32`, `F64`, `I64`, `I32`, `U8`.
    public let type: String
    public let shape: [Int]

    public init(name: String, type: String, shape: [Int]) {
      self.name = name
      self.type = type
      self.shape = shape
    }

    var byteCount: Int {
      shape.reduce(1, *) * (type.hasSuffix("64") ? 8 : type.hasSuffix("32") ? 4 : 1)
    }
  }

  /// The beginning of a file: all before the tensors' numbers, which follow in the entries' order.
  public static func header(_ entries: [Entry], metadata: [String: String]) throws -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      members.append("\"__metadata__\":\(try json(metadata))")
    }
    var offset = 0
    for entry in entries {
      let end = offset + entry.byteCount
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(try json(entry.name)):{\"dtype\":\"\(entry.type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
  }

  private static func json(_ value: some Encodable) throws -> String {
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
