import Foundation
import Modalities
import ModalityKit

extension ExplainContext {
  /// One coefficient's mean over the sound, from the samples of its strongest frame on.
  func explainMFCC() throws -> Explanation {
    let part = try part(kind: MFCCEncoder.descriptor.identifier, term: .mfcc)
    let configuration = try JSONDecoder().decode(
      MFCCConfiguration.self, from: part.encoder.configurationJSON)
    let k = dimension ?? 1
    guard k < configuration.coefficients else {
      throw CommandError(
        "bad-value",
        "--dimension: expected 0…\(configuration.coefficients - 1), found \(k)",
        hint: "of an MFCC it is the number of the coefficient")
    }
    guard let waveform = part.current?.value as? Waveform,
      let trace = try MFCCEncoder(configuration: configuration).trace(waveform, coefficient: k)
    else { throw Self.unreadable(part) }
    let row = try featureRow(part)
    let strongest = trace.powers.indices.max { trace.powers[$0] < trace.powers[$1] } ?? 0
    let middle = trace.samples.count / 2
    let frames = trace.coefficients[trace.active]
    return Explanation(
      term: .mfcc,
      formula: ["c_k = Σ_b DCT[b,k] · 10 log₁₀ mel_b,  mel_b = Σ_j w_bj |X_j|²"],
      setting: "\(configuration.windowLength) samples a frame, hop \(configuration.hopLength), "
        + "\(configuration.sampleRate) Hz, \(configuration.bands) bands, "
        + "\(configuration.logarithm.rawValue) over \(NumberText.short(configuration.dynamicRange)) dB; "
        + "k = \(k), feature \(trace.featureName)",
      steps: steps(trace, bin: strongest, sample: middle, frames),
      results: [(trace.featureName, trace.value)],
      model: [Double(row.values[k])], printedBy: "`inspect \(part.modality) --features` prints",
      meaning: "Mel bands hear as ears do, the logarithm makes loudness a sum, and the cosine "
        + "transform tells the shape of the spectrum from its details: coefficient 0 is loudness, 1 "
        + "the tilt from low to high. The mean over frames forgets the order.")
  }

  private func steps(
    _ trace: MFCCTrace, bin: Int, sample: Int, _ frames: ArraySlice<Double>
  ) -> [ExplanationStep] {
    let configuration = trace.configuration
    let (band, k) = (trace.band, trace.coefficient)
    let hertz =
      Double((trace.firstBin + bin) * configuration.sampleRate) / Double(configuration.windowLength)
    let x = Double(trace.samples.isEmpty ? 0 : trace.samples[sample])
    let logarithm = trace.logarithms[band]
    var steps: [ExplanationStep] = [
      .remark(
        Self.frameText(trace) + " samples \(trace.start) … "
          + "\(trace.start + trace.samples.count - 1)."),
      .equation(
        "x̃[\(sample)]", "Hann · x",
        "\(MathText.number(trace.window(sample))) · \(MathText.factor(x))",
        is: trace.window(sample) * x),
    ]
    if trace.powers.indices.contains(bin) {
      steps.append(
        .equation(
          "|X_\(trace.firstBin + bin)|² (at \(MathText.number(hertz)) Hz)",
          "|Σ_n x̃[n] e^(−2πi·\(trace.firstBin + bin)·n/N)|²", is: trace.powers[bin]))
    }
    steps += [
      .sum(
        "mel_\(band)",
        "w·|X|², \(MathText.number(trace.edges.low))…\(MathText.number(trace.edges.high)) Hz",
        zip(trace.weights, trace.powers).map { $0 * $1 }),
      .equation(
        "log mel_\(band)", configuration.logarithm == .natural ? "ln mel" : "10 log₁₀ mel",
        configuration.logarithm == .loudest ? "less the loudest of the sound" : "", is: logarithm),
      .sum(
        "c_\(k) of the frame", "Σ_b DCT[b,\(k)] · log mel_b",
        zip(trace.cosines, trace.logarithms).map { $0 * $1 }),
      .sum(
        trace.featureName,
        "mean over frames \(trace.active.lowerBound + 1)…\(trace.active.upperBound)",
        frames.map { $0 / Double(frames.count) }),
    ]
    return steps
  }

  /// Which frame is shown, and why this one: its strongest band is the strongest of all frames, as
  /// the encoder tells sound from silence. Its power as a whole need not be the largest.
  private static func frameText(_ trace: MFCCTrace) -> String {
    trace.bandPower > 0
      ? "Frame \(trace.frame + 1) of \(trace.frames), whose mel_\(trace.band) is the largest of all bands:"
      : "All \(trace.frames) frames are silent and none is the loudest. Frame \(trace.frame + 1):"
  }

  /// The encoder's row of a part's signal as it is now.
  func featureRow(_ part: CurrentSample.Part) throws -> FeatureRow {
    var row = FeatureRow()
    guard let fitted = part.fitted, let signal = part.current else { throw Self.unreadable(part) }
    try fitted.encode(signal, into: &row)
    return row
  }

  static func unreadable(_ part: CurrentSample.Part) -> CommandError {
    CommandError(
      "nothing-to-explain", "there is nothing to count in the \(part.modality) of this sample",
      hint: "`clean \(part.modality)`, or choose another sample")
  }
}
