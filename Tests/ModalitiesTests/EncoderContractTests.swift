import EncoderChecks
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

  @Test(arguments: BuiltInEncoders.all.indices)
  func everyPromiseIsKept(index: Int) throws {
    let type = BuiltInEncoders.all[index]
    let samples = try Self.inputs(type.descriptor.modality)
    #expect(EncoderInspection(type, samples: samples).findings() == [])
  }

  @Test func identifiersAndParametersAreComplete() throws {
    #expect(
      BuiltInEncoders.all.map(\.descriptor.identifier)
        == ["thumbnail-hog", "mfcc", "bag-of-words", "hashed-words", "vector"])
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
