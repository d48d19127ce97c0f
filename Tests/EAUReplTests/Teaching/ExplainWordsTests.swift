import Foundation
import ModalityKit
import Testing

@testable import EAURepl
@testable import Modalities

/// What is said around the numbers is true of them.
@Suite("the words of explain and whatif")
struct ExplainWordsTests {
  private func remarks(_ result: JSONValue) -> String {
    (result["steps"]?.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: " ")
  }

  /// The frame of the largest mel power of all, found again in the whole analysis.
  @Test(arguments: [5, 9, 12]) func theFrameOfAnMFCC(_ number: Int) throws {
    var play = try Playground("open demo; train epochs=1; sample \(number)")
    let part = try #require(play.session.sample?.parts.first { $0.modality == "audio" })
    let configuration = try JSONDecoder().decode(
      MFCCConfiguration.self, from: part.encoder.configurationJSON)
    let waveform = try #require(part.current?.value as? Waveform)
    let power = configuration.analysis.analyse(waveform.samples).melPower
    let best = try #require(power.indices.max { power[$0] < power[$1] })
    let (frame, band) = (best / configuration.bands, best % configuration.bands)
    let said = remarks(try play.run("explain mfcc"))
    #expect(said.hasPrefix("Frame \(frame + 1) of "), "\(said)")
    #expect(said.contains("whose mel_\(band) is the largest of all bands"), "\(said)")
    #expect(!said.contains("loudest"))
  }

  @Test func silenceHasNoLoudestFrame() throws {
    let workspace = try Workspace()
    func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let size: UInt32 = 16_000
    var wav = Array("RIFF".utf8) + bytes(36 + size, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4)
    wav += bytes(1, 2) + bytes(1, 2) + bytes(16_000, 4) + bytes(32_000, 4) + bytes(2, 2)
    wav += bytes(16, 2) + Array("data".utf8) + bytes(size, 4)
    wav += [UInt8](repeating: 0, count: Int(size))
    try workspace.write(wav, to: "silent.wav")
    let path = workspace.path("silent.wav")
    var play = try Playground("open demo; train epochs=1; sample 5", "load audio '\(path)'")
    let said = remarks(try play.run("explain mfcc"))
    #expect(said.contains("frames are silent and none is the loudest"), "\(said)")
  }

  @Test(arguments: ["uniform", "precision", "perDimension"]) func alpha(_ rule: String) throws {
    var play = try Playground("open demo; train epochs=1 --alpha \(rule); sample 5")
    let alpha = try play.run("explain alpha")
    let (setting, meaning) = (alpha["setting"]?.string ?? "", alpha["meaning"]?.string ?? "")
    #expect(setting.contains("g = ") == (rule == "perDimension"), "\(setting)")
    #expect(meaning.contains("σ") == (rule != "uniform"), "\(meaning)")
    let fused = try play.run("explain fused")["meaning"]?.string ?? ""
    #expect(fused.contains("trusted most") == (rule != "uniform"), "\(fused)")
  }

  @Test func aNumberIsNoClass() throws {
    var play = try Playground("open demo --regression; train epochs=1; sample 5")
    #expect(try play.run("explain vib")["meaning"]?.string?.contains("class") == false)
    try play.run("open demo; train epochs=1; sample 5")
    #expect(try play.run("explain vib")["meaning"]?.string?.contains("the class") == true)
  }

  @Test func formulasInASCII() {
    #expect(asciiTypography("(d²/q)^¼ · ½μ") == "(d^2/q)^(1/4) * 1/2mu")
    #expect(asciiTypography("x^½") == "x^(1/2)")
    #expect(asciiTypography("Σ_m σ_m ∑") == "Sum_m sigma_m Sum")
  }

  @Test func whereAWeightGoes() {
    #expect(Verdict.destination([("text", 0.3)]) == "to text")
    #expect(Verdict.destination([("text", 0.15), ("audio", 0.14)]) == "to text and audio")
    #expect(Verdict.destination([("text", 0.6), ("audio", 0.4)]) == "to text and audio")
    #expect(Verdict.destination([("text", 0.62), ("audio", 0.38)]) == "mostly to text")
    #expect(
      Verdict.destination([("a", 0.3), ("b", 0.2), ("c", 0.1)]) == "to a, b and c")
  }
}
