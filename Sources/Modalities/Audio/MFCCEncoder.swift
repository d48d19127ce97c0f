import Foundation
import ModalityKit

/// A sound as statistics of its mel-frequency cepstral coefficients.
///
/// Row: see `SoundStatistics`. It learns nothing from training sounds.
public struct MFCCEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "mfcc", version: 2, modality: "audio",
    summary: "mel-frequency cepstral coefficients of a sound and how they move in time",
    accepts: "WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF and other sound files",
    parameters: MFCCConfiguration.parameters, traits: [.stateless])

  public static var defaultConfiguration: MFCCConfiguration { MFCCConfiguration() }
  public static var corruptions: [Corruption<Waveform>] { AudioCorruptions.all }

  /// Nothing: the features depend on no other sample.
  public struct State: Codable, Sendable, Equatable {
    public init() {}
  }

  public let configuration: MFCCConfiguration
  private let analysis: SpectralAnalysis
  private let statistics: SoundStatistics

  public init(configuration: MFCCConfiguration) throws(EncoderError) {
    try MFCCConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    guard configuration.windowLength.isMultiple(of: 2),
      configuration.coefficients <= configuration.bands
    else {
      throw EncoderError(
        .badParameter,
        "mfcc expects an even windowLength and at most as many coefficients as bands, found "
          + "windowLength \(configuration.windowLength), "
          + "coefficients \(configuration.coefficients), bands \(configuration.bands)",
        hint: "the defaults are windowLength 1024, coefficients 20, bands 40")
    }
    self.configuration = configuration
    analysis = configuration.analysis
    statistics = SoundStatistics(
      coefficients: configuration.coefficients, segments: configuration.segments,
      deltas: configuration.deltas)
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> Waveform {
    let recording = try AudioReader.read(
      raw, maximumSeconds: configuration.maximumSeconds, sampleRate: configuration.sampleRate)
    return Waveform(
      samples: recording.samples, sampleRate: configuration.sampleRate,
      source: Waveform.Source(
        sampleRate: recording.sampleRate, channels: recording.channels, isCut: recording.isCut))
  }

  public func fit(_ signals: some Sequence<Waveform>) throws(EncoderError) -> State { State() }

  public func schema(_ state: State) -> FeatureSchema { FeatureSchema(names: statistics.names) }

  public func encode(
    _ signal: Waveform, _ state: State, into row: inout FeatureRow
  ) throws(EncoderError) {
    guard signal.sampleRate == configuration.sampleRate, !signal.samples.isEmpty else {
      throw EncoderError(
        .wrongInput,
        "expected a sound at \(configuration.sampleRate) Hz, found \(signal.samples.count) samples "
          + "at \(signal.sampleRate) Hz",
        hint: "decode the sound with the encoder that shall encode it")
    }
    let result = analysis.analyse(signal.samples)
    row.startDense(capacity: statistics.names.count)
    for value in statistics.features(signal, result) { row.append(Float(value)) }
  }

  public func memory(of signal: Waveform) -> Int {
    signal.samples.count * MemoryLayout<Float>.size
  }

  public func preview(_ signal: Waveform) -> Preview {
    let source = signal.source
    let layout =
      switch source.channels {
      case 1: "mono"
      case 2: "stereo"
      default: "\(source.channels) channels"
      }
    let seconds = String(format: "%.1f s", signal.duration)
    var warnings: [String] = []
    // About -80 dB: below the noise floor of ordinary microphones.
    if signal.level < 1e-4 { warnings.append("silent") }
    if source.isCut { warnings.append("longer than \(seconds); only the start was read") }
    return Preview(
      .wave(
        samples: signal.samples.map { min(max($0, -1), 1) },
        sampleRate: Double(signal.sampleRate)),
      caption: "\(seconds) at \(signal.sampleRate) Hz from \(source.sampleRate) Hz \(layout)",
      warnings: warnings)
  }
}
