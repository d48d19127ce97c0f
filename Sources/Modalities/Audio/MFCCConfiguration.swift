import ModalityKit

/// What a user can choose about the audio features. JSON keys are the parameter names.
public struct MFCCConfiguration: Codable, Hashable, Sendable {
  public var sampleRate = 16_000
  public var maximumSeconds = 10.0
  public var windowLength = 1024
  public var hopLength = 256
  public var center = true
  public var padding = FramePadding.zero
  public var precision = SpectralPrecision.single
  public var bands = 40
  public var scale = MelScale.slaney
  public var melNorm = MelNorm.slaney
  public var logarithm = MelLogarithm.decibel
  public var dynamicRange = 40.0
  public var coefficients = 20
  public var lifter = 0
  public var deltas = 0
  public var segments = 12

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "sampleRate", .integer(4_000...48_000, default: 16_000), unit: "Hz",
      "every sound is resampled to this rate"),
    ParameterDescriptor(
      "maximumSeconds", .real(0.1...3600, default: 10), unit: "s",
      "only the start of a longer sound is read"),
    ParameterDescriptor(
      "windowLength", .integer(64...8192, default: 1024), unit: "samples",
      "length of a frame; even"),
    ParameterDescriptor(
      "hopLength", .integer(32...4096, default: 256), unit: "samples",
      "distance from frame to frame"),
    ParameterDescriptor(
      "center", .flag(default: true),
      "centre frames on multiples of the hop; off: no frame reaches over the ends"),
    ParameterDescriptor(
      "padding", .choice(FramePadding.allCases.map(\.rawValue), default: "zero"),
      "what centred frames see beyond the ends"),
    ParameterDescriptor(
      "precision", .choice(SpectralPrecision.allCases.map(\.rawValue), default: "single"),
      "of the Fourier transform"),
    ParameterDescriptor(
      "bands", .integer(8...128, default: 40), "mel bands"),
    ParameterDescriptor(
      "scale", .choice(MelScale.allCases.map(\.rawValue), default: "slaney"),
      "the mel scale that spaces the bands"),
    ParameterDescriptor(
      "melNorm", .choice(MelNorm.allCases.map(\.rawValue), default: "slaney"),
      "bands of one area (slaney) or one height (none)"),
    ParameterDescriptor(
      "logarithm", .choice(MelLogarithm.allCases.map(\.rawValue), default: "decibel"),
      "of the mel power: decibels, decibels below the loudest, or natural without dynamicRange"),
    ParameterDescriptor(
      "dynamicRange", .real(10...200, default: 40), unit: "dB",
      "mel bands further below the loudest count as this much below (top_db)"),
    ParameterDescriptor(
      "coefficients", .integer(4...64, default: 20), "cepstral coefficients; at most bands"),
    ParameterDescriptor(
      "lifter", .integer(0...100, default: 0),
      "L of the lifter 1 + L/2 sin(pi (k + 1) / L) of coefficient k; 0 for none"),
    ParameterDescriptor(
      "deltas", .integer(0...2, default: 0),
      "orders of the coefficients' derivative in time whose statistics are added"),
    ParameterDescriptor(
      "segments", .integer(1...32, default: 12), "parts of the sound that are told apart in time"),
  ]

  /// `SpectralAnalysis` as chosen; the configuration must have been checked.
  package var analysis: SpectralAnalysis {
    var options = SpectralAnalysis.Options()
    options.scale = scale
    options.norm = melNorm
    options.logarithm = logarithm
    options.lifter = lifter
    options.deltas = deltas
    options.isCentred = center
    options.padding = padding
    options.precision = precision
    return SpectralAnalysis(
      sampleRate: sampleRate, windowLength: windowLength, hopLength: hopLength, bands: bands,
      coefficients: coefficients, dynamicRange: dynamicRange, options: options)
  }
}
