import EncoderChecks
import Foundation
import ModalityKit
import Testing

@testable import Tabular

@Suite struct TabularEncoderTests {
  @Test func kindsAndNamesComeFromTheTrainingRows() throws {
    let (encoder, state, _) = try People.fitted()
    #expect(state.columns.map(\.name) == ["age", "city", "joined", "income"])
    #expect(state.columns.map(\.kind) == [.number, .category, .date, .number])
    #expect(state.columns.map(\.hasMissing) == [false, true, true, true])
    #expect(
      encoder.schema(state).names == [
        "age", "city=Bern", "city=Basel", "city=Chur", "city:missing", "joined", "joined:year.sin",
        "joined:year.cos", "joined:weekday.sin", "joined:weekday.cos", "joined:missing", "income",
        "income:missing",
      ])
  }

  @Test func numbersCategoriesAndWhatIsMissing() throws {
    let (encoder, state, records) = try People.fitted()
    let first = try encoder.features(records[0], state)
    #expect(first["age"] == 0.25)
    #expect(first["city=Bern"] == 1 && first["city=Basel"] == 0 && first["city:missing"] == 0)
    // The median of 1000, 3000, 2000.
    #expect(first["income"] == 0.5 && first["income:missing"] == 1)
    let last = try encoder.features(records[4], state)
    #expect(last["city=Bern"] == 0 && last["city=Basel"] == 0 && last["city=Chur"] == 0)
    #expect(last["city:missing"] == 1 && last["income:missing"] == 0 && last["age"] == 1)
    #expect(try encoder.features(records[3], state)["income:missing"] == 1)
  }

  @Test func datesAreAShareOfTheRangeAndTwoCircles() throws {
    let (encoder, state, records) = try People.fitted()
    let first = try encoder.features(records[0], state)
    #expect(first["joined"] == 0)
    // The 31st day of 366, and a Friday.
    #expect(abs(Double(try #require(first["joined:year.sin"])) - sin(2 * .pi * 30 / 366)) < 1e-6)
    #expect(abs(Double(try #require(first["joined:year.cos"])) - cos(2 * .pi * 30 / 366)) < 1e-6)
    #expect(abs(Double(try #require(first["joined:weekday.sin"])) - sin(2 * .pi * 4 / 7)) < 1e-6)
    #expect(abs(Double(try #require(first["joined:weekday.cos"])) - cos(2 * .pi * 4 / 7)) < 1e-6)
    #expect(try encoder.features(records[3], state)["joined"] == 1)
    // 2020-12-31 lies 335 of 1490 days behind the first.
    #expect(
      abs(try #require(try encoder.features(records[2], state)["joined"]) - 335.0 / 1490) < 1e-6)
    let without = try encoder.features(records[4], state)
    // Between the two middle dates, 335 and 516 days.
    #expect(abs(try #require(without["joined"]) - 425.5 / 1490) < 1e-6)
    #expect(without["joined:year.cos"] == 0 && without["joined:missing"] == 1)
  }

  @Test func optionsChangeTheFeatures() throws {
    let (plain, state, records) = try People.fitted {
      $0.scaling = .none
      $0.dates = false
      $0.missing = false
      $0.categories = 1
    }
    #expect(
      plain.schema(state).names == ["age", "city=Bern", "city=other"]
        + ["joined=2020-01-31", "joined=other", "income"])
    let features = try plain.features(records[3], state)
    #expect(features["age"] == 21 && features["city=other"] == 1 && features["income"] == 2000)

    let (standard, ages, people) = try People.fitted { $0.scaling = .standard }
    let scaled = try people.map { try #require(try standard.features($0, ages)["age"]) }
    #expect(abs(scaled.reduce(0, +)) < 1e-6)
    #expect(abs(scaled.reduce(0) { $0 + $1 * $1 } / 5 - 1) < 1e-6)
  }

  @Test func categoriesAreOrderedByFrequencyThenCodePoint() throws {
    let encoder = try TabularEncoder.configured { $0.categories = 3 }
    let values = ["b", "é", "a", "Z", "é", "b", "q"]
    let records = try encoder.decode(values.map { "{\"v\":\"\($0)\"}" })
    let column = try #require(try encoder.fit(records).columns.first)
    #expect(column.categories == ["b", "é", "Z"] && column.hasOthers)
    #expect(column.slots == ["b", "é", "Z", "other"])
    let reversed = try encoder.fit(records.reversed()).columns.first
    #expect(reversed == column)
  }

  @Test func aNumberAmongWordsIsACategory() throws {
    let encoder = try TabularEncoder.configured()
    let records = try encoder.decode([#"{"v":7}"#, #"{"v":"x"}"#, #"{"v":"7"}"#, #"{"v":2.5}"#])
    let column = try #require(try encoder.fit(records).columns.first)
    #expect(column.kind == .category && column.categories == ["7", "2.5", "x"])
  }

  @Test func columnsAreMatchedByName() throws {
    let (encoder, state, records) = try People.fitted()
    let other = try encoder.decode(
      .text(#"{"income":null,"shoe":44,"joined":"2020-01-31","city":"Bern","age":31}"#))
    #expect(
      try encoder.features(other, state).map(\.1) == encoder.features(records[0], state).map(\.1))
    #expect(
      encoder.warnings(other, state) == ["not in the training table and ignored: shoe"])
    let short = try encoder.decode(.text(#"{"age":"old","city":"Genf"}"#))
    #expect(
      encoder.warnings(short, state) == [
        "taken as missing: joined, income", "never seen in training: age=old, city=Genf",
      ])
    let features = try encoder.features(short, state)
    #expect(features["income:missing"] == 1 && features["city:missing"] == 0)
    #expect(features["age"] == 0.5)
    #expect(encoder.warnings(records[0], state).isEmpty)
  }

  @Test func twoFeaturesNeverShareAName() throws {
    let encoder = try TabularEncoder.configured()
    let records = try encoder.decode([#"{"a":"b","a=b":1}"#, #"{"a":"c","a=b":2}"#])
    #expect(encoder.schema(try encoder.fit(records)).names == ["a=b", "a=c", "a=b'"])
  }

  @Test func aStateFromAFileIsChecked() throws {
    let state = try People.fitted().1
    let json = try JSONEncoder().encode(state)
    #expect(try JSONDecoder().decode(TabularState.self, from: json) == state)
    let text = String(decoding: json, as: UTF8.self)
    for (old, new) in [
      (#""name":"city""#, #""name":"age""#), (#""name":"city""#, #""name":"""#),
      (#""median":41"#, #""median":99"#), (#""maximum":61"#, #""maximum":1e301"#),
      (#"["Bern""#, #"["Chur""#),
    ] {
      try #require(text.contains(old))
      let damaged = Data(text.replacing(old, with: new).utf8)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(TabularState.self, from: damaged)
      }
    }
  }

  @Test func nothingToFit() throws {
    let encoder = try TabularEncoder.configured()
    #expect(errorKind { _ = try encoder.fit([]) } == .nothingToFit)
    let blank = try encoder.decode(.text(#"{"a":null}"#))
    #expect(errorKind { _ = try encoder.fit([blank]) } == .nothingToFit)
  }

  /// More values than are kept: the range stays exact, the rest is close.
  @Test func longColumnsAreSampled() {
    var learner = ColumnLearner(name: "x", dates: true)
    for value in 0..<100_000 { learner.learn(.number(Double(value))) }
    let column = learner.column(rows: 100_001, categories: 32)
    #expect(column.minimum == 0 && column.maximum == 99_999 && column.hasMissing)
    #expect(abs(column.median - 50_000) < 2000)
    #expect(abs(column.deviation - 28_868) < 500)
  }

  @Test func itKeepsEveryPromise() {
    let type = EncoderType(TabularEncoder.self)
    // Enough columns of each kind for all of them to change places.
    let texts = (0..<6).map { row in
      let cells = (0..<12).map { column -> String in
        switch (row + 1) * (column + 3) % 7 {
        case 0: "null"
        case _ where column % 3 == 0: "\((row * 7 + column * 5) % 11)"
        case _ where column % 3 == 1: "\"\(["a", "b", "c"][(row + column / 3) % 3])\""
        default: "\"20\(10 + row)-0\(1 + column % 9)-1\(column % 7)\""
        }
      }
      let members = cells.enumerated().map { "\"c\($0.offset)\":\($0.element)" }
      return RawInput.text("{\(members.joined(separator: ","))}")
    }
    #expect(EncoderInspection(type, samples: texts).findings() == [])
    let plain = [
      ("scaling", "standard"), ("dates", "off"), ("missing", "off"), ("categories", "1"),
    ]
    #expect(
      EncoderInspection(type, samples: texts, options: plain.map { (name: $0.0, value: $0.1) })
        .findings() == [])
    let numbers = [[1, 2, 3, 4], [5, 6, 7, 9], [-1, 0, 1, 0]].map { RawInput.numbers($0) }
    #expect(EncoderInspection(type, samples: numbers).findings() == [])
  }
}
