import ModalityKit
import Testing

@testable import Tabular

@Suite struct RecordCorruptionTests {
  private func corruption(
    _ name: String, _ state: TabularState?
  ) throws -> Corruption<TableRecord> {
    let offered = state.map(TabularEncoder.corruptions(fitted:)) ?? TabularEncoder.corruptions
    return try #require(offered.first { $0.descriptor.name == name })
  }

  @Test func fittedAndUnfittedOnesHaveTheSameNames() throws {
    let names = TabularEncoder.corruptions.map(\.descriptor)
    #expect(names.map(\.name) == ["gaussian", "dropout", "shuffle"])
    let state = try People.fitted().1
    #expect(TabularEncoder.corruptions(fitted: state).map(\.descriptor) == names)
  }

  @Test func noiseMovesNumbersAndDatesAndReplacesCategories() throws {
    let (_, state, records) = try People.fitted()
    let noise = try corruption("gaussian", state)
    var replaced = 0
    for seed in 0..<600 {
      let result = noise.apply(records[0], severity: 6, seed: UInt64(seed)).signal
      #expect(result.cells[0].number != 31)
      #expect(result.cells[2].date != nil && result.cells[2].date?.secondOfDay == nil)
      #expect(result.cells[3] == .missing)
      if result.cells[1] != .text("Bern") {
        replaced += 1
        #expect([.text("Basel"), .text("Chur")].contains(result.cells[1]))
      }
    }
    // Expected 300 of 600, deviation 12.
    #expect((250...350).contains(replaced))
  }

  /// Ages never were missing, incomes were.
  @Test func droppedNumbersFallWhereNoneWasMissingAndOthersAreLost() throws {
    let (encoder, state, records) = try People.fitted()
    let result = try corruption("dropout", state).apply(records[1], severity: 10, seed: 1)
    #expect(result.signal.cells == [.number(21), .missing, .missing, .missing])
    #expect(result.realised.text == "4 of 4 values lowered to their minimum or lost")
    #expect(result.realised.amount == 1)
    #expect(try encoder.features(result.signal, state)["city:missing"] == 1)
    #expect(try encoder.features(result.signal, state)["income:missing"] == 1)
  }

  @Test func valuesAreLostAsOftenAsTheSeveritySays() throws {
    let (_, state, records) = try People.fitted()
    let dropout = try corruption("dropout", state)
    let lost = (0..<300).reduce(0) { sum, seed in
      sum
        + dropout.apply(records[1], severity: 3, seed: UInt64(seed)).signal.cells
        .count { $0 == .missing }
    }
    // Of three cells that can be: expected 270 of 900, deviation 14.
    #expect((200...340).contains(lost))
  }

  @Test func onlyEqualKindsChangePlaces() throws {
    let encoder = try TabularEncoder.configured()
    let texts = [
      #"{"a":1,"b":"x","c":"2020-01-01","d":10,"e":"y","f":"2022-01-01"}"#,
      #"{"a":3,"b":"y","c":"2020-01-11","d":30,"e":"x","f":"2022-03-01"}"#,
      #"{"a":2,"b":"x","c":"2020-01-06","d":15,"e":"y","f":"2022-02-01"}"#,
    ]
    let records = try encoder.decode(texts)
    let state = try encoder.fit(records)
    let shuffle = try corruption("shuffle", state)
    var moved = false
    for seed in 0..<20 {
      let cells = shuffle.apply(records[2], severity: 10, seed: UInt64(seed)).signal.cells
      // 2 lies in the middle of 1…3, 15 at a quarter of 10…30.
      #expect([cells[0], cells[3]] == [.number(2), .number(15)] || cells[3] == .number(20))
      #expect(Set([cells[1], cells[4]]) == [.text("x"), .text("y")])
      #expect(cells[2].date != nil && cells[5].date != nil)
      moved = moved || cells[0] == .number(1.5) && cells[3] == .number(20)
    }
    #expect(moved)
  }

  @Test func beforeFittingCellsAreWhatTheyLookLike() throws {
    let records = try People.fitted().2
    let result = try corruption("gaussian", nil).apply(records[0], severity: 3, seed: 2).signal
    #expect(result.cells[0].number != 31 && result.cells[1] == .text("Bern"))
    #expect(result.cells[2] != records[0].cells[2])
  }

  @Test func severityZeroChangesNothing() throws {
    let (_, state, records) = try People.fitted()
    for corruption in TabularEncoder.corruptions(fitted: state) {
      #expect(corruption.apply(records[0], severity: 0, seed: 1).signal == records[0])
    }
  }
}
