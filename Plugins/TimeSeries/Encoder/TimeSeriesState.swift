/// What the time-series encoder learns: the channels, in order of first appearance.
public struct TimeSeriesState: Codable, Sendable, Equatable {
  public struct Channel: Codable, Sendable, Equatable {
    public let name: String
    /// The largest variance of the channel in training, in units²; 1 if it never varied. Powers are
    /// measured in it.
    public let power: Double
  }

  public let channels: [Channel]

  init(channels: [Channel]) { self.channels = channels }

  /// A saved state comes from a file: what the encoder relies on is checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    channels = try values.decode([Channel].self, forKey: .channels)
    guard (1...SeriesReader.channelLimit).contains(channels.count),
      Set(channels.map(\.name)).count == channels.count,
      channels.allSatisfy({ !$0.name.isEmpty && $0.power > 0 && $0.power.isFinite })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .channels, in: values,
        debugDescription: "expected channels with names of their own and positive powers")
    }
  }
}
