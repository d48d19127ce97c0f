/// One sample's features, dense or sparse. Reused from sample to sample, so that encoding a data
/// set allocates once.
public struct FeatureRow: Sendable, Equatable {
  /// Dense: one value a feature. Sparse: the value at each of `indices`.
  public var values: [Float] = []
  /// Ascending, unique column numbers from 0, or nil for a dense row.
  public var indices: [Int32]?

  public init() {}

  /// Empties the row and makes it dense.
  public mutating func startDense(capacity: Int) {
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(capacity)
    indices = nil
  }

  /// Empties the row and makes it sparse.
  public mutating func startSparse() {
    values.removeAll(keepingCapacity: true)
    if indices == nil { indices = [] } else { indices?.removeAll(keepingCapacity: true) }
  }

  /// Appends a feature to a dense row.
  public mutating func append(_ value: Float) { values.append(value) }

  /// Appends a feature to a sparse row; columns must come in ascending order.
  public mutating func append(_ value: Float, at column: Int) {
    indices?.append(Int32(column))
    values.append(value)
  }

  /// Makes the row sparse, with these entries in ascending order of their columns.
  public mutating func setSparse(_ entries: [(column: Int, value: Double)]) {
    startSparse()
    values.append(contentsOf: entries.lazy.map { Float($0.value) })
    indices?.append(contentsOf: entries.lazy.map { Int32($0.column) })
  }

  /// The row as `count` dense values.
  public func dense(count: Int) -> [Float] {
    guard let indices else { return values }
    var result = [Float](repeating: 0, count: count)
    for (column, value) in zip(indices, values) where Int(column) < count {
      result[Int(column)] = value
    }
    return result
  }
}

/// How many features a fitted encoder gives, and what each is called.
public struct FeatureSchema: Sendable, Equatable {
  public let names: [String]
  public var count: Int { names.count }

  public init(names: [String]) { self.names = names }

  /// One name a line, as plugins write them.
  ///
  /// - Throws: `encodingFailed` for none, or two alike.
  package init(lines: [UInt8], of plugin: String) throws(EncoderError) {
    names = String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init)
    let fault =
      names.isEmpty
      ? "names no feature" : Set(names).count < names.count ? "gives two features one name" : nil
    if let fault {
      throw EncoderError(
        .encodingFailed, "\(plugin) \(fault)", hint: "this is a fault of the plugin")
    }
  }
}
