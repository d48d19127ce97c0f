import ModalityKit

/// What a user can choose about the time-series encoder. JSON keys are the parameter names.
public struct TimeSeriesConfiguration: Codable, Hashable, Sendable {
  /// Powers of two, for the Fourier transform.
  public enum Window: String, Codable, CaseIterable, Sendable {
    case of16 = "16"
    case of32 = "32"
    case of64 = "64"
    case of128 = "128"
    case of256 = "256"
    case of512 = "512"
    case of1024 = "1024"
    case of2048 = "2048"
    case of4096 = "4096"

    var length: Int { Int(rawValue) ?? 256 }
  }

  /// Steps a segment of the spectrum.
  public var window = Window.of256
  /// Parts of equal width that the spectrum is summed up in.
  public var bands = 8
  /// In Hz, for a series without a time column.
  public var rate = 1.0

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "window", .choice(Window.allCases.map(\.rawValue), default: "256"), unit: "steps",
      "length of the segments whose spectra are averaged"),
    ParameterDescriptor(
      "bands", .integer(1...64, default: 8), "bands of equal width between 0 and half the rate"),
    ParameterDescriptor(
      "rate", .real(1e-6...1e9, default: 1), unit: "Hz",
      "steps a second, for a series without a time column"),
  ]
}
