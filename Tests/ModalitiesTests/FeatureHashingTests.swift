import ModalityKit
import TestSupport
import Testing

@testable import Modalities

@Suite struct FeatureHashingTests {
  private func check(
    _ options: [String], _ documents: [String], _ rows: [[[Double]]]
  ) throws {
    let encoder = try HashedWordsEncoder.typed(
      ["tokens=scikit-learn", "minimumLength=2"] + options)
    #expect(documents.count == rows.count)
    for (document, row) in zip(documents, rows) {
      let found = encoder.weights(try encoder.decode(.text(document)))
      #expect(found.map(\.column) == row.map { Int($0[0]) }, "\(options)")
      #expect(relativeDifference(found.map(\.value), row.map { $0[1] }) < 1e-12, "\(options)")
    }
  }

  @Test func hashesEqualGolden() throws {
    let golden = try Golden.shared().entry("text").at("murmurhash3_x86_32_seed0_signed")
    for text in [
      "", "a", "ab", "abc", "abcd", "abcde", "fox", "the", "naïve", "融合", "snake_case",
      "hello world, this is murmur",
    ] {
      #expect(Double(MurmurHash.hash(text)) == (try golden.number(text)), "\(text)")
    }
    // The test vectors of the author's SMHasher and its ports.
    #expect(UInt32(bitPattern: MurmurHash.hash("", seed: 1)) == 0x514E_28B7)
    #expect(UInt32(bitPattern: MurmurHash.hash("aaaa", seed: 0x9747_B28C)) == 0x5A97_808A)
  }

  @Test func rowsEqualGolden() throws {
    let text = try Golden.shared().entry("text")
    let documents = try text.list("documents").map { try $0.asText() }
    for (entry, options) in [
      ("hashing_64", ["features=64"]),
      ("hashing_64_nosign_l1", ["features=64", "signed=off", "norm=l1"]),
      ("hashing_1024_nonorm", ["features=1024", "norm=none"]),
    ] {
      let rows = try text.at(entry).list("rows").map { row in
        try row.asList().map { try $0.flat() }
      }
      try check(options, documents, rows)
    }
  }

  @Test func rowsEqualScikitLearn() throws {
    let golden = try TextOptions.read()
    for want in golden.hashed { try check(want.options, golden.documents, want.rows) }
  }

  /// The magnitude of −2³¹ has no place in 32 signed bits: 2³¹ mod 100 = 48.
  @Test func leastHashHasAColumn() throws {
    #expect(MurmurHash.hash("cbhatswl") == .min)
    #expect(HashedWordsEncoder.column(of: .min, features: 100) == 48)
    #expect(HashedWordsEncoder.column(of: .min, features: 4096) == 0)
    #expect(HashedWordsEncoder.column(of: -101, features: 100) == 1)
  }

  /// Of 16 columns green is +1 and moon −1 in the fourteenth, sun +1 in the eleventh.
  @Test func collidingWordsAddUpAndZerosStayOut() throws {
    func weights(_ text: String, _ options: [String]) throws -> [String] {
      let encoder = try HashedWordsEncoder.typed(["features=16", "norm=none"] + options)
      return encoder.weights(try encoder.decode(.text(text))).map { "\($0.column):\($0.value)" }
    }
    #expect(try weights("green moon sun", []) == ["11:1.0"])
    #expect(try weights("green moon moon", []) == ["14:-1.0"])
    #expect(try weights("green moon", []) == [])
    #expect(try weights("green moon sun", ["signed=off"]) == ["11:1.0", "14:2.0"])
  }

  @Test func nothingIsFitted() throws {
    let encoder = try HashedWordsEncoder.typed(["features=16"])
    let state = try encoder.fit([])
    #expect(encoder.schema(state).names.first == "hash:0")
    #expect(encoder.schema(state).names.last == "hash:15")
    var row = FeatureRow()
    try encoder.encode(encoder.decode(.text("sun")), state, into: &row)
    #expect(row.indices == [11] && row.values == [1])
    try encoder.encode(encoder.decode(.text("")), state, into: &row)
    #expect(row.indices == [] && row.values.isEmpty)
    #expect(encoder.preview(try encoder.decode(.text("!"))).warnings == ["no words"])
  }

  @Test func bagOfWordsStaysTheDefault() {
    let first = BuiltInEncoders.all.first { $0.descriptor.modality == "text" }
    #expect(first?.descriptor.identifier == "bag-of-words")
  }

  @Test func optionsOutOfRangeAreRefused() throws {
    for options in [["features=15"], ["features=4194305"], ["signed=maybe"], ["norm=l3"]] {
      #expect(
        errorKind { _ = try HashedWordsEncoder.typed(options) } == .badParameter, "\(options)")
    }
  }
}
