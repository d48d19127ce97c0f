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
    case grid(Grid)
    case directions(Directions)
  }

  /// A matrix of values, drawn as shades: a spectrogram, say.
  public struct Grid: Sendable {
    public let rows: Int
    public let columns: Int
    /// Row-major, the topmost row first; `rows * columns` of them.
    public let values: [Double]
    /// What stands at the left, from top to bottom, and below, from left to right.
    public let vertical: (top: String, bottom: String)
    public let horizontal: (left: String, right: String)
    /// Of the values: "dB"; may be empty.
    public let unit: String

    public init(
      rows: Int, columns: Int, values: [Double], vertical: (top: String, bottom: String),
      horizontal: (left: String, right: String), unit: String = ""
    ) {
      self.rows = rows
      self.columns = columns
      self.values = values
      self.vertical = vertical
      self.horizontal = horizontal
      self.unit = unit
    }
  }

  /// How strong lines of each direction are in the cells of a picture.
  public struct Directions: Sendable {
    public let rows: Int
    public let columns: Int
    /// Equal steps of half a turn, the first one from left to right and the others clockwise.
    public let directions: Int
    /// `[rows, columns, directions]`, row-major, not negative.
    public let strengths: [Double]

    public init(rows: Int, columns: Int, directions: Int, strengths: [Double]) {
      self.rows = rows
      self.columns = columns
      self.directions = directions
      self.strengths = strengths
    }
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
