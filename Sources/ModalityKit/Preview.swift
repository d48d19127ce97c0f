/// What a person would look at: the signal as the encoder sees it.
public struct Preview: Sendable {
  public enum Content: Sendable {
    /// Row-major RGB bytes, `3 * width * height` of them.
    case pixels(width: Int, height: Int, rgb: [UInt8])
    /// Mono samples in -1...1.
    case wave(samples: [Float], sampleRate: Double)
    /// Tokens in reading order.
    case tokens([String])
    case numbers([Double])
  }

  public let content: Content
  /// One line: "64 × 48 pixels from palette PNG", "1.2 s at 16000 Hz from 44100 Hz stereo".
  public let caption: String
  /// Things the person should know: "silent", "no known words" … Empty when all is well.
  public let warnings: [String]

  public init(_ content: Content, caption: String, warnings: [String] = []) {
    self.content = content
    self.caption = caption
    self.warnings = warnings
  }
}
