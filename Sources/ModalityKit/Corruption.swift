import SeededRandom

/// A way to spoil a decoded signal at a severity from 0 (untouched, bit for bit) to 10.
public struct Corruption<Signal: Sendable>: Sendable {
  public let descriptor: CorruptionDescriptor
  private let spoil: @Sendable (Signal, Double, inout SeededGenerator) -> Corrupted<Signal>

  public init(
    _ name: String, _ summary: String,
    spoil: @escaping @Sendable (Signal, Double, inout SeededGenerator) -> Corrupted<Signal>
  ) {
    descriptor = CorruptionDescriptor(name: name, summary: summary)
    self.spoil = spoil
  }

  /// The spoiled signal. Severity is clamped to 0...10; 0 gives the input itself.
  /// Equal signal, severity and seed give equal bytes.
  public func apply(_ signal: Signal, severity: Double, seed: UInt64) -> Corrupted<Signal> {
    let severity = severity.isFinite ? min(max(severity, 0), 10) : 0
    guard severity > 0 else { return Corrupted(signal: signal, realised: .none) }
    var generator = SeededGenerator(seed: seed, stream: stableHash(descriptor.name))
    return spoil(signal, severity, &generator)
  }
}

public struct CorruptionDescriptor: Sendable, Hashable {
  public let name: String
  public let summary: String

  public init(name: String, summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// A spoiled signal and what really happened to it.
public struct Corrupted<Signal: Sendable>: Sendable {
  public let signal: Signal
  public let realised: RealisedCorruption

  public init(signal: Signal, realised: RealisedCorruption) {
    self.signal = signal
    self.realised = realised
  }
}

/// What a corruption did, as measured on the signal: the severity is a wish, this is the outcome.
public struct RealisedCorruption: Sendable, Hashable {
  /// 0 for untouched, growing with the damage: the share of words dropped, the noise-to-signal
  /// amplitude ratio, the standard deviation of the change in grey levels …
  public let amount: Double
  /// For people: "3 of 4 words dropped", "SNR 4.0 dB".
  public let text: String

  public init(amount: Double, text: String) {
    self.amount = amount
    self.text = text
  }

  public static let none = RealisedCorruption(amount: 0, text: "unchanged")
}
