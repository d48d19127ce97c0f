import Foundation
import Testing

@testable import EAURepl

/// Inputs in which there is little or nothing to see still give a Gaussian.
@Suite("odd input", .enabled(if: EauProcess.isBuilt))
struct OddInputTests {
  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let modality: String
    let value: String
    /// Where nothing is left to encode.
    let warning: String?

    var testDescription: String { name }
  }

  static let inputs = [
    Odd(name: "silence", modality: "audio", value: "silent.wav", warning: "silent"),
    Odd(name: "white", modality: "image", value: "white.png", warning: "every pixel is the same"),
    Odd(name: "black", modality: "image", value: "black.png", warning: "every pixel is the same"),
    Odd(name: "red", modality: "image", value: "red.png", warning: "every pixel is the same"),
    Odd(name: "one pixel", modality: "image", value: "dot.png", warning: "every pixel is the same"),
    Odd(name: "empty text", modality: "text", value: "", warning: "no words"),
    Odd(name: "blanks", modality: "text", value: "   ", warning: "no words"),
    Odd(
      name: "emoji", modality: "text", value: "🎉🐈‍⬛👩🏽‍🚀",
      warning: "no word of it was seen in training"),
    Odd(
      name: "Japanese", modality: "text", value: "小さな青い鳥が歌う",
      warning: "no word of it was seen in training"),
    Odd(
      name: "Arabic", modality: "text", value: "طائر أزرق صغير",
      warning: "no word of it was seen in training"),
  ]

  @Test(arguments: inputs)
  func givesAFiniteGaussian(_ odd: Odd) throws {
    let workspace = try Workspace()
    try workspace.copy(fixture: "modalities/silent.wav", to: "silent.wav")
    try workspace.write(PNGBytes.blank(width: 32, height: 24, colour: [255]), to: "white.png")
    try workspace.write(PNGBytes.blank(width: 32, height: 24, colour: [0]), to: "black.png")
    try workspace.write(
      PNGBytes.blank(width: 24, height: 24, colour: [200, 30, 30]), to: "red.png")
    try workspace.write(PNGBytes.blank(width: 1, height: 1, colour: [90]), to: "dot.png")
    let results = try DemoModel.trained().run(
      "load \(odd.modality) '\(odd.value)'; inspect; weights; predict", in: workspace)
    try #require(results.count == 4)

    let warnings = results[0].modality(odd.modality)?["warnings"]?.elements ?? []
    if let warning = odd.warning { #expect(warnings == [.string(warning)]) }

    let gaussian = try #require(results[1].modality(odd.modality))
    let mu = try #require(gaussian["mu"]?.finiteNumbers)
    let variance = try #require(gaussian["variance"]?.finiteNumbers)
    #expect(mu.count == gaussian["dimensions"]?.integer)
    #expect(variance.count == mu.count && !mu.isEmpty)
    #expect(variance.allSatisfy { $0 > 0 })

    #expect(results[2].modality(odd.modality)?["alpha"]?.double == 1)
    let probabilities = try #require(results[3]["classes"]?.elements).compactMap {
      $0["probability"]?.double
    }
    #expect(probabilities.count == 10)
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
  }
}
