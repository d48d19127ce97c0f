import Autograd
import Foundation

/// Reference values from a JSON file whose top level is an object.
public struct Golden: Sendable {
  private let root: [String: GoldenValue]

  private static let read = Result {
    let chosen = ProcessInfo.processInfo.environment["EAU_GOLDEN"]
    return try Golden(path: chosen ?? fixturePath("golden.json"))
  }

  /// The float64 reference values: the file named by EAU_GOLDEN when set, else the fixture. Read
  /// once a test process.
  public static func shared() throws -> Golden { try read.get() }

  /// Another file of Tests/Fixtures.
  public static func fixture(_ name: String) throws -> Golden {
    try Golden(path: fixturePath(name))
  }

  private static func fixturePath(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
  }

  private init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    root = try JSONDecoder().decode([String: GoldenValue].self, from: data)
  }

  public func entry(_ name: String) throws -> GoldenValue {
    guard let value = root[name] else { throw GoldenError.missing(name) }
    return value
  }

  /// An entry that is a list of cases.
  public func cases(_ name: String) throws -> [GoldenValue] { try entry(name).asList() }
}

public enum GoldenError: Error {
  case missing(String)
  case wrongKind(String)
}

/// A JSON value with accessors that throw instead of trapping.
public indirect enum GoldenValue: Sendable, Decodable {
  case number(Double)
  case text(String)
  case list([GoldenValue])
  case object([String: GoldenValue])
  case null

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .number(value ? 1 : 0)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([GoldenValue].self) {
      self = .list(value)
    } else if let value = try? container.decode([String: GoldenValue].self) {
      self = .object(value)
    } else {
      self = .null
    }
  }

  public func at(_ key: String) throws -> GoldenValue {
    guard case .object(let fields) = self, let value = fields[key] else {
      throw GoldenError.missing(key)
    }
    return value
  }

  public func number(_ key: String) throws -> Double { try at(key).asNumber() }
  public func text(_ key: String) throws -> String { try at(key).asText() }
  public func list(_ key: String) throws -> [GoldenValue] { try at(key).asList() }
  /// All numbers below, row-major.
  public func numbers(_ key: String) throws -> [Double] { try at(key).flat() }
  public func matrix(_ key: String) throws -> Matrix<Double> { try at(key).asMatrix() }
  /// A list of matrices: [M, B, D].
  public func matrices(_ key: String) throws -> [Matrix<Double>] {
    try list(key).map { try $0.asMatrix() }
  }

  public func asNumber() throws -> Double {
    guard case .number(let value) = self else { throw GoldenError.wrongKind("number") }
    return value
  }

  public func asText() throws -> String {
    guard case .text(let value) = self else { throw GoldenError.wrongKind("text") }
    return value
  }

  public func asList() throws -> [GoldenValue] {
    guard case .list(let values) = self else { throw GoldenError.wrongKind("list") }
    return values
  }

  public func flat() throws -> [Double] {
    if case .list(let values) = self { return try values.flatMap { try $0.flat() } }
    return [try asNumber()]
  }

  /// A list of rows, or one row.
  public func asMatrix() throws -> Matrix<Double> {
    let rows = try asList()
    guard case .list? = rows.first else {
      return Matrix(rows: 1, columns: rows.count, values: try flat())
    }
    let values = try flat()
    return Matrix(rows: rows.count, columns: values.count / rows.count, values: values)
  }
}

extension Matrix {
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}

/// The largest |a − b| / max(1, |b|), or infinity when the counts differ or a number is not finite.
public func deviation(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0.0) { worst, pair in
    guard pair.0.isFinite, pair.1.isFinite else { return .infinity }
    return max(worst, abs(pair.0 - pair.1) / max(1, abs(pair.1)))
  }
}

/// The largest |a − b| / |b| entry by entry, with no mercy for entries that are small beside others;
/// |b| counts as `floor` at least. Infinity when the counts differ or a number is not finite.
public func relativeDeviation(_ a: [Double], _ b: [Double], floor: Double) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0.0) { worst, pair in
    guard pair.0.isFinite, pair.1.isFinite else { return .infinity }
    return max(worst, abs(pair.0 - pair.1) / max(floor, abs(pair.1)))
  }
}
