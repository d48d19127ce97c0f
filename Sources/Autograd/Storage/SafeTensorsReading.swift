import Foundation

extension SafeTensors {
  /// The header may be at most this long, as in the reference implementation.
  static let headerLimit = 100_000_000

  /// Reads a whole file.
  public init(decoding bytes: [UInt8]) throws(SafeTensorsError) {
    guard bytes.count >= 8 else { throw .tooShort(bytes.count) }
    let announced = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard announced <= UInt64(Self.headerLimit), Int(announced) <= bytes.count - 8 else {
      throw .headerTooLong(Int(clamping: announced))
    }
    let start = 8 + Int(announced)
    let header = Data(bytes[8..<start])
    guard
      let object = try? JSONSerialization.jsonObject(with: header),
      let entries = object as? [String: Any]
    else { throw .headerNotJSON }

    self.init()
    if let found = entries["__metadata__"] {
      guard let texts = found as? [String: String] else { throw .entryMalformed("__metadata__") }
      metadata = texts
    }
    var read: [(range: Range<Int>, name: String, tensor: Tensor)] = []
    for name in entries.keys.sorted() where name != "__metadata__" {
      let (range, tensor) = try Self.tensor(
        name, entries[name] as? [String: Any] ?? [:], bytes[start...])
      read.append((range, name, tensor))
    }
    read.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var position = 0
    for entry in read {
      guard entry.range.lowerBound == position else { throw .holesOrOverlap(name: entry.name) }
      position = entry.range.upperBound
    }
    guard position == bytes.count - start else { throw .holesOrOverlap(name: "end of file") }
    tensors = read.map { ($0.name, $0.tensor) }
  }

  private static func tensor(
    _ name: String, _ entry: [String: Any], _ data: ArraySlice<UInt8>
  ) throws(SafeTensorsError) -> (Range<Int>, Tensor) {
    guard
      let type = entry["dtype"] as? String, let shape = entry["shape"] as? [Int],
      let offsets = entry["data_offsets"] as? [Int], offsets.count == 2
    else { throw .entryMalformed(name) }
    guard 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= data.count else {
      throw .outOfBounds(name: name)
    }
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow, product <= data.count else { throw .outOfBounds(name: name) }
      count = product
    }
    let range = offsets[0]..<offsets[1]
    let content = data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
    func check(_ width: Int) throws(SafeTensorsError) {
      guard content.count == count * width else {
        throw .sizeMismatch(name: name, expected: count * width, found: content.count)
      }
    }
    switch type {
    case "F32":
      try check(4)
      return (range, .float(shape: shape, values: numbers(content, count)))
    case "F64":
      try check(8)
      return (range, .double(shape: shape, values: numbers(content, count)))
    default: throw .unsupportedType(name: name, type: type)
    }
  }

  private static func numbers<Scalar: Real>(_ bytes: ArraySlice<UInt8>, _ count: Int) -> [Scalar] {
    [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialized = count
    }
  }
}
