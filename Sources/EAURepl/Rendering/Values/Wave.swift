/// Mono sound to look at.
struct Wave: Equatable, Sendable {
  enum Scale: Equatable, Sendable {
    /// The loudest sample fills the height.
    case peak
    /// ±1 fills the height.
    case full
  }

  /// In -1...1.
  var samples: [Float]
  /// In hertz.
  var sampleRate: Double
  var caption: String
  var scale: Scale
  /// In text lines.
  var height: Int

  init(
    samples: [Float], sampleRate: Double, caption: String = "", scale: Scale = .peak,
    height: Int = 4
  ) {
    self.samples = samples
    self.sampleRate = sampleRate
    self.caption = caption
    self.scale = scale
    self.height = height
  }
}
