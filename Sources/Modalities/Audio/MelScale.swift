import Foundation

/// A scale of pitch. Raw values are the words a user types.
public enum MelScale: String, Codable, CaseIterable, Sendable {
  /// Slaney's Auditory Toolbox (1998): linear below 1000 Hz (200/3 Hz a mel), logarithmic above
  /// (27 mel from 1 to 6.4 kHz). librosa's default.
  case slaney
  /// The HTK book's: 2595 log₁₀(1 + f / 700 Hz), after O'Shaughnessy (1987).
  case htk

  /// Mel of a frequency in Hz, at least 0.
  package func mel(_ hertz: Double) -> Double {
    switch self {
    case .slaney: hertz < 1000 ? hertz * 3 / 200 : 15 + log(hertz / 1000) * 27 / log(6.4)
    case .htk: 2595 * log10(1 + hertz / 700)
    }
  }

  /// Hz of a pitch in mel, at least 0.
  package func hertz(_ mel: Double) -> Double {
    switch self {
    case .slaney: mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) * log(6.4) / 27)
    case .htk: 700 * (pow(10, mel / 2595) - 1)
    }
  }
}

/// How tall the filters are. Raw values are the words a user types.
public enum MelNorm: String, Codable, CaseIterable, Sendable {
  /// 2 / bandwidth in Hz, so that all have the same area. librosa's default.
  case slaney
  /// 1 at the peak, as in HTK.
  case none

  /// The weight of a triangle that is `weight` tall here and spans `low`…`high` Hz.
  func scaled(_ weight: Double, from low: Double, to high: Double) -> Double {
    switch self {
    case .slaney: weight * 2 / (high - low)
    case .none: weight
    }
  }
}

/// What of the mel power the cosine transform takes. Raw values are the words a user types.
public enum MelLogarithm: String, Codable, CaseIterable, Sendable {
  /// `Cepstrum.decibels`: librosa's `power_to_db(ref=1)`.
  case decibel
  /// Decibels below the loudest value of the sound: librosa's `power_to_db(ref=np.max)`.
  case loudest
  /// ln max(1e-10, power), without a limit of range.
  case natural
}
