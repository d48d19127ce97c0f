import Foundation
import Modalities
import ModalityKit
import Testing

/// What every encoder promises, checked through the erased door that the fusion core uses.
@Suite struct EncoderContractTests {
  static func inputs(_ modality: String) throws -> [RawInput] {
    switch modality {
    case "image":
      ["rgb-8.png", "palette-4.png", "grey-alpha-8.png", "rgb-alpha-16.png", "grey-1.png"]
        .map(Fixture.file)
    case "audio":
      [
        "int16-16000.wav", "float-44100-stereo.wav", "tone-5000.flac", "tone-22050.ogg",
        "silent.wav",
      ]
      .map(Fixture.file)
    case "vector":
      // The third number is constant, the fourth huge.
      [[0, 5, 7, 1e300], [1, -5, 7, -1e300], [0.5, 2, 7, 0], [1, 5, 7, 1e-300]]
        .map(RawInput.numbers)
    default:
      ["a red fish", "two blue birds and a fish", "🍕 and 融合", "", "birds birds birds"]
        .map(RawInput.text)
    }
  }

  private func rows(_ fitted: any FittedEncoder, _ signals: [ErasedSignal]) throws -> [FeatureRow] {
    try signals.map { signal in
      var row = FeatureRow()
      try fitted.encode(signal, into: &row)
      return row
    }
  }

  @Test(arguments: BuiltInEncoders.all.indices)
  func contract(index: Int) throws {
    let type = BuiltInEncoders.all[index]
    let encoder = try type.make()
    let signals = try Self.inputs(type.descriptor.modality).map { try encoder.decode($0) }
    let fitted = try encoder.fit(signals)
    let single = try rows(fitted, signals)

    let isSparse = type.descriptor.traits.contains(.sparse)
    for row in single {
      #expect(row.values.allSatisfy { $0.isFinite })
      #expect((row.indices != nil) == isSparse)
      if let indices = row.indices {
        #expect(indices.count == row.values.count)
        #expect(zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 })
        #expect(indices.allSatisfy { (0..<Int32(fitted.schema.count)).contains($0) })
      } else {
        #expect(row.values.count == fitted.schema.count)
      }
    }
    #expect(Set(fitted.schema.names).count == fitted.schema.count)

    // One row reused for all gives what a new one for each gives.
    var reused = FeatureRow()
    for (signal, expected) in zip(signals, single) {
      try fitted.encode(signal, into: &reused)
      #expect(reused == expected)
    }

    // A refit forgets the first fit, and the order of the texts does not matter.
    _ = try encoder.fit(Array(signals.prefix(1)))
    let refitted = try encoder.fit(signals.reversed())
    #expect(refitted.stateJSON == fitted.stateJSON)
    #expect(try rows(refitted, signals) == single)

    let restored = try encoder.restore(state: fitted.stateJSON)
    #expect(restored.schema == fitted.schema)
    #expect(try rows(restored, signals) == single)

    let copy = try type.make(configurationJSON: encoder.configurationJSON)
    #expect(copy.configurationJSON == encoder.configurationJSON)
  }

  @Test(arguments: BuiltInEncoders.all.indices)
  func concurrentRowsEqualSerialOnes(index: Int) async throws {
    let type = BuiltInEncoders.all[index]
    let encoder = try type.make()
    let signals = try Self.inputs(type.descriptor.modality).map { try encoder.decode($0) }
    let fitted = try encoder.fit(signals)
    let serial = try rows(fitted, signals)
    try await withThrowingTaskGroup(of: (Int, FeatureRow).self) { group in
      for round in 0..<60 {
        group.addTask {
          var row = FeatureRow()
          try fitted.encode(signals[round % signals.count], into: &row)
          return (round % signals.count, row)
        }
      }
      for try await (place, row) in group { #expect(row == serial[place]) }
    }
  }

  @Test func identifiersAndParametersAreComplete() throws {
    #expect(
      BuiltInEncoders.all.map(\.descriptor.identifier)
        == ["thumbnail-hog", "mfcc", "bag-of-words", "vector"])
    for type in BuiltInEncoders.all {
      let json = try JSONSerialization.jsonObject(with: type.make().configurationJSON)
      let fields = try #require(json as? [String: Any])
      #expect(fields.keys.sorted() == type.descriptor.parameters.map(\.name).sorted())
      // The default a parameter's help names is the one in force.
      for parameter in type.descriptor.parameters {
        let made = try type.make(options: [(parameter.name, parameter.defaultText)])
        #expect(made.configurationJSON == (try type.make().configurationJSON), "\(parameter.name)")
      }
    }
  }

  @Test func signalsOfAnotherConfigurationAreRefused() throws {
    let small = try ThumbnailHOGEncoder.configured(["size": "32"])
    let large = try ThumbnailHOGEncoder.configured()
    var row = FeatureRow()
    let bitmap = try small.decode(Fixture.file("rgb-8.png"))
    #expect(errorKind { try large.encode(bitmap, .init(), into: &row) } == .wrongInput)
    let slow = try MFCCEncoder.configured(["sampleRate": "8000"])
    let wave = try slow.decode(Fixture.file("int16-16000.wav"))
    let fast = try MFCCEncoder.configured()
    #expect(errorKind { try fast.encode(wave, .init(), into: &row) } == .wrongInput)
  }
}
