/// Channels measured at the same times: what the corruptions spoil and the encoder reads.
public struct Series: Sendable, Equatable {
  /// Unique and not empty.
  public let channels: [String]
  /// `[channel][step]`, all of one length of at least 1; finite, at most ±1e100.
  public let values: [[Double]]
  /// Steps a second, from the time column; nil without one.
  public let rate: Double?
  /// What the person should know of how it was read.
  public let notes: [String]

  public init(channels: [String], values: [[Double]], rate: Double? = nil, notes: [String] = []) {
    self.channels = channels
    self.values = values
    self.rate = rate
    self.notes = notes
  }

  public var steps: Int { values.first?.count ?? 0 }

  func with(_ values: [[Double]]) -> Series {
    Series(channels: channels, values: values, rate: rate, notes: notes)
  }
}
