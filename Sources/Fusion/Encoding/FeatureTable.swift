import Autograd
import ModalityKit

/// The feature rows of many samples in one modality, and which samples have that modality.
public struct FeatureTable: Sendable {
  public enum Storage: Sendable {
    /// [N, features]; zeros where missing.
    case dense(Matrix<Float>)
    /// Empty rows where missing.
    case sparse(SparseRows<Float>)
  }

  enum Place: Sendable {
    case memory(Storage)
    /// Rows on disk, by their numbers there.
    case disk(KeptRows, [Int])
  }

  let place: Place
  public let present: [Bool]

  /// The rows in memory, read now if they are on disk.
  public var storage: Storage {
    switch place {
    case .memory(let storage): storage
    case .disk(let rows, let numbers):
      FeatureTable(
        zip(numbers, present).map { $1 ? rows.row($0) : nil }, features: features,
        sparse: isSparse
      ).storage
    }
  }

  public var count: Int { present.count }

  public var features: Int {
    switch place {
    case .memory(.dense(let matrix)): matrix.columns
    case .memory(.sparse(let rows)): rows.columns
    case .disk(let rows, _): rows.features
    }
  }

  public var isSparse: Bool {
    switch place {
    case .memory(.dense): false
    case .memory(.sparse): true
    case .disk(let rows, _): rows.isSparse
    }
  }

  /// - Parameter rows: nil where the modality is missing.
  public init(_ rows: [FeatureRow?], features: Int, sparse: Bool) {
    let present = rows.map { $0 != nil }
    if sparse {
      var table = SparseRows<Float>(columns: features)
      for row in rows { table.append(indices: row?.indices ?? [], values: row?.values ?? []) }
      self.init(.sparse(table), present: present)
    } else {
      var values: [Float] = []
      values.reserveCapacity(rows.count * features)
      for row in rows {
        values.append(contentsOf: row?.values ?? Array(repeating: 0, count: features))
      }
      self.init(
        .dense(Matrix(rows: rows.count, columns: features, values: values)), present: present)
    }
  }

  init(_ storage: Storage, present: [Bool]) {
    self.init(place: .memory(storage), present: present)
  }

  /// - Parameter rows: as many as `present`.
  init(_ rows: KeptRows, present: [Bool]) {
    self.init(place: .disk(rows, Array(present.indices)), present: present)
  }

  private init(place: Place, present: [Bool]) {
    self.place = place
    self.present = present
  }

  /// So many rows are read from disk at once where someone asks for them.
  static let readAtOnce = 4096

  /// The rows with the given numbers, in that order. More than a few of those on disk stay there.
  public func gathering(_ wanted: [Int]) -> FeatureTable {
    let present = wanted.map { self.present[$0] }
    switch place {
    case .memory(.dense(let matrix)):
      return FeatureTable(.dense(matrix.gathering(wanted)), present: present)
    case .memory(.sparse(let rows)):
      var table = SparseRows<Float>(columns: rows.columns)
      for index in wanted { table.append(row: index, of: rows) }
      return FeatureTable(.sparse(table), present: present)
    case .disk(let rows, let numbers):
      let table = FeatureTable(
        place: .disk(rows, wanted.map { numbers[$0] }), present: present)
      return wanted.count > Self.readAtOnce
        ? table : FeatureTable(table.storage, present: present)
    }
  }

  /// The same rows, all missing.
  public func dropped() -> FeatureTable {
    FeatureTable(place: place, present: Array(repeating: false, count: count))
  }
}

extension FeatureTable {
  /// As many rows, present as these are, of what is ordinary to the network: every dense feature at
  /// its training mean, which scaling made 0, and sparse rows empty.
  public func average() -> FeatureTable {
    guard isSparse else {
      return FeatureTable(.dense(Matrix(rows: count, columns: features)), present: present)
    }
    var empty = SparseRows<Float>(columns: features)
    for _ in present { empty.append(indices: [], values: []) }
    return FeatureTable(.sparse(empty), present: present)
  }
}
