import Foundation
import Modalities
import ModalityKit
import Testing

@Suite struct VectorEncoderTests {
  private func signals(_ vectors: [[Double]]) -> [VectorSignal] {
    vectors.map(VectorSignal.init(values:))
  }

  private func row(
    _ encoder: VectorEncoder, _ state: VectorRanges, _ values: [Double]
  ) throws -> [Float] {
    var row = FeatureRow()
    try encoder.encode(VectorSignal(values: values), state, into: &row)
    return row.values
  }

  @Test func scalesByTheTrainingRange() throws {
    let encoder = try VectorEncoder.configured()
    let state = try encoder.fit(signals([[1, -10, 7], [3, 30, 7]]))
    #expect(state.minimum == [1, -10, 7] && state.maximum == [3, 30, 7])
    #expect(encoder.schema(state).names == ["x1", "x2", "x3"])
    #expect(try row(encoder, state, [1, 30, 7]) == [0, 1, 0])
    // Neither clipped above or below, nor a constant feature let loose.
    #expect(try row(encoder, state, [2, 70, 9]) == [0.5, 2, 0])
    #expect(try row(encoder, state, [-1, -50, 7]) == [-1, -1, 0])
    let plain = try VectorEncoder.configured(["scaling": "none"])
    #expect(try row(plain, state, [2, 70, 9]) == [2, 70, 9])
  }

  @Test func extremesStayFinite() throws {
    let encoder = try VectorEncoder.configured()
    let state = try encoder.fit(signals([[0, -1e300], [1e-300, 1e300]]))
    #expect(try row(encoder, state, [1e300, 0]) == [1e30, 0.5])
    #expect(try row(encoder, state, [-1e300, 1e300]) == [-1e30, 1])
  }

  @Test func vectorsOfAnotherLengthAreRefused() throws {
    let encoder = try VectorEncoder.configured()
    let fitting = #expect(throws: EncoderError.self) {
      try encoder.fit(signals([[1, 2], [1, 2], [1, 2, 3]]))
    }
    #expect(
      fitting?.message
        == "expected 2 numbers in every training vector as in the first, found 3 in vector 3")
    let state = try encoder.fit(signals([[1, 2]]))
    let encoding = #expect(throws: EncoderError.self) { _ = try row(encoder, state, [1]) }
    #expect(encoding?.kind == .wrongInput)
    #expect(encoding?.message == "expected 2 numbers as in training, found 1")
    let wrong = encoder.warnings(VectorSignal(values: [1]), state)
    #expect(wrong == ["it has 1 numbers, the model reads 2"])
    #expect(encoder.warnings(VectorSignal(values: [1, 9]), state).isEmpty)
    #expect(errorKind { _ = try encoder.fit(signals([])) } == .nothingToFit)
  }

  @Test func readsNumbersTextAndFiles() throws {
    let encoder = try VectorEncoder.configured()
    #expect(try encoder.decode(.numbers([1, 2])).values == [1, 2])
    #expect(try encoder.decode(.text("1; 2")).values == [1, 2])
    #expect(try encoder.decode(.bytes(Array("1\t2\n".utf8), name: "a.txt")).values == [1, 2])
    let raw = RawInput.deferred(name: "later.csv") { Array("1,2\r\n".utf8) }
    #expect(try encoder.decode(raw).values == [1, 2])
  }

  @Test(arguments: [
    (RawInput.numbers([]), EncoderError.Kind.emptyInput), (.numbers([1, .nan]), .wrongInput),
    (.numbers([.infinity]), .wrongInput), (.numbers([2e300]), .wrongInput),
    (.text("words"), .wrongFormat), (.bytes([0xFF, 0xFE, 0x31, 0], name: "a.csv"), .wrongFormat),
    (.file(path: "/"), .notAFile), (.file(path: "/nowhere.npy"), .fileMissing),
  ])
  func refusals(raw: RawInput, kind: EncoderError.Kind) throws {
    let encoder = try VectorEncoder.configured()
    #expect(errorKind { _ = try encoder.decode(raw) } == kind)
  }

  // Not arguments: those are printed.
  @Test func sizesAreLimited() throws {
    let encoder = try VectorEncoder.configured()
    for raw in [
      RawInput.numbers([Double](repeating: 0, count: 1 << 20 + 1)),
      .bytes([UInt8](repeating: 0x31, count: 32 << 20 + 1), name: "a.csv"),
    ] {
      #expect(errorKind { _ = try encoder.decode(raw) } == .tooLarge)
    }
  }

  @Test(arguments: [
    #"{"minimum":[1],"maximum":[]}"#, #"{"minimum":[2],"maximum":[1]}"#,
    #"{"minimum":[],"maximum":[]}"#, #"{"minimum":[0],"maximum":[1e301]}"#, #"{"minimum":[0]}"#,
  ])
  func aDamagedStateIsRefused(_ json: String) throws {
    let encoder = try EncoderType(VectorEncoder.self).make()
    #expect(errorKind { _ = try encoder.restore(state: Data(json.utf8)) } == .badState)
  }

  @Test func previewShowsTheNumbers() throws {
    let preview = try VectorEncoder.configured().preview(VectorSignal(values: [0.1234567, -3]))
    #expect(preview.caption == "2 numbers from -3 to 0.1235")
    guard case .numbers(let values) = preview.content else {
      Issue.record("expected numbers")
      return
    }
    #expect(values == [0.1234567, -3])
  }

  @Test func memoryGrowsWithTheNumbers() throws {
    let encoder = try VectorEncoder.configured()
    func memory(_ count: Int) -> Int {
      encoder.memory(of: VectorSignal(values: [Double](repeating: 0, count: count)))
    }
    #expect(memory(1000) - memory(0) == 8000)
  }
}
