/// Decoded sound, mono and at the encoder's own rate: what the corruptions spoil.
public struct Waveform: Sendable, Hashable {
  /// Finite; within -1...1 unless a corruption made it louder.
  public let samples: [Float]
  /// Hz.
  public let sampleRate: Int
  public let source: Source

  public init(samples: [Float], sampleRate: Int, source: Source) {
    self.samples = samples
    self.sampleRate = sampleRate
    self.source = source
  }

  /// What was read from the file, for the caption.
  public struct Source: Sendable, Hashable {
    /// Hz.
    public let sampleRate: Int
    public let channels: Int
    /// True when the file is longer than the encoder's maximum and only its start was read.
    public let isCut: Bool

    public init(sampleRate: Int, channels: Int, isCut: Bool = false) {
      self.sampleRate = sampleRate
      self.channels = channels
      self.isCut = isCut
    }
  }

  /// Seconds.
  public var duration: Double { Double(samples.count) / Double(sampleRate) }

  /// Root mean square of the samples.
  var level: Double { samples.rootMeanSquare }

  /// The same sound with other samples.
  func with(samples: [Float]) -> Waveform {
    Waveform(samples: samples, sampleRate: sampleRate, source: source)
  }
}

extension [Float] {
  /// √(mean of squares); 0 of nothing.
  var rootMeanSquare: Double {
    guard !isEmpty else { return 0 }
    return withUnsafeBufferPointer { values in
      // Four sums, so that one addition need not wait for the other.
      var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
      let whole = values.count & ~3
      for index in stride(from: 0, to: whole, by: 4) {
        first += square(values[index])
        second += square(values[index + 1])
        third += square(values[index + 2])
        fourth += square(values[index + 3])
      }
      for index in whole..<values.count { first += square(values[index]) }
      return (((first + second) + (third + fourth)) / Double(values.count)).squareRoot()
    }
  }
}

private func square(_ value: Float) -> Double { Double(value) * Double(value) }
