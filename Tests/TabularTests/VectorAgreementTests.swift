import Modalities
import ModalityKit
import SeededRandom
import Testing

@testable import Tabular

/// On plain numbers `tabular` is `vector`, bit for bit.
@Suite struct VectorAgreementTests {
  private static func rows(seed: UInt64, count: Int, width: Int) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<width).map { column in
        switch column % 5 {
        case 0: 1e6 * generator.normal()
        case 1: Double(generator.index(below: 7))
        case 2: 42
        case 3: 1e-9 * generator.uniform()
        default: -1e299 * generator.normal()
        }
      }
    }
  }

  private static func bits(_ row: FeatureRow) -> [UInt32] { row.values.map(\.bitPattern) }

  @Test(arguments: [(3, 1), (7, 40), (50, 13)], ["minmax", "none"])
  func rowsAndCorruptionsAreEqual(size: (count: Int, width: Int), scaling: String) throws {
    let options = [(name: "scaling", value: scaling)]
    let encoders = try [EncoderType(VectorEncoder.self), EncoderType(TabularEncoder.self)]
      .map { try $0.make(options: options) }
    let raws = Self.rows(seed: 5, count: size.count, width: size.width).map(RawInput.numbers)
    let later = Self.rows(seed: 6, count: 10, width: size.width).map(RawInput.numbers)
    let fitted = try encoders.map { encoder in
      try encoder.fit(try raws.map { try encoder.decode($0) })
    }
    #expect(fitted[0].schema == fitted[1].schema)
    for raw in raws + later {
      let signals = try encoders.map { try $0.decode(raw) }
      let plain = try zip(fitted, signals).map { fitted, signal in
        var row = FeatureRow()
        try fitted.encode(signal, into: &row)
        return Self.bits(row)
      }
      #expect(plain[0] == plain[1])
      for kind in ["gaussian", "dropout", "shuffle"] {
        for (severity, seed) in [(0.5, 1), (3.0, 2), (10.0, 3)] {
          for isFitted in [true, false] {
            let spoiled = try (0...1).map { e in
              let result =
                isFitted
                ? try fitted[e].corrupt(
                  signals[e], kind: kind, severity: severity, seed: UInt64(seed))
                : try encoders[e].corrupt(
                  signals[e], kind: kind, severity: severity, seed: UInt64(seed))
              var row = FeatureRow()
              try fitted[e].encode(result.signal, into: &row)
              return (Self.bits(row), result.realised)
            }
            #expect(spoiled[0].0 == spoiled[1].0)
            #expect(spoiled[0].1 == spoiled[1].1)
          }
        }
      }
    }
  }
}
