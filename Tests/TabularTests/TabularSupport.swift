import Foundation
import ModalityKit
import SeededRandom
import Testing

@testable import Tabular

extension TabularEncoder {
  static func configured(
    _ change: (inout TabularConfiguration) -> Void = { _ in }
  ) throws -> TabularEncoder {
    var configuration = TabularConfiguration()
    change(&configuration)
    return try TabularEncoder(configuration: configuration)
  }

  func decode(_ texts: [String]) throws -> [TableRecord] {
    try texts.map { try decode(.text($0)) }
  }

  /// The features by name.
  func features(_ record: TableRecord, _ state: TabularState) throws -> [(String, Float)] {
    var row = FeatureRow()
    try encode(record, state, into: &row)
    let names = schema(state).names
    try #require(row.values.count == names.count)
    return Array(zip(names, row.values))
  }
}

extension [(String, Float)] {
  subscript(_ name: String) -> Float? { first { $0.0 == name }?.1 }
}

func errorKind(_ body: () throws -> Void) -> EncoderError.Kind? {
  do { try body() } catch { return (error as? EncoderError)?.kind }
  return nil
}

/// People with an age, a city, a day of joining and an income, here and there missing.
enum People {
  static let texts = [
    #"{"age":31,"city":"Bern","joined":"2020-01-31","income":null}"#,
    #"{"age":41,"city":"Basel","joined":"2021-06-30","income":1000}"#,
    #"{"age":"51","city":"Bern","joined":"2020-12-31","income":"3000"}"#,
    #"{"age":21,"city":"Chur","joined":"2024-02-29","income":"NA"}"#,
    #"{"age":61,"city":null,"joined":"","income":2000}"#,
  ]

  static func fitted(
    _ change: (inout TabularConfiguration) -> Void = { _ in }
  ) throws -> (TabularEncoder, TabularState, [TableRecord]) {
    let encoder = try TabularEncoder.configured(change)
    let records = try encoder.decode(texts)
    return (encoder, try encoder.fit(records), records)
  }
}
