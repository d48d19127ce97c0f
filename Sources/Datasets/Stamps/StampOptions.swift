/// Which languages the stamps speak and are described in.
public struct StampOptions: Sendable, Hashable {
  /// A locale of the spoken descriptions (`fr`, `es`, `en` …), or `effect` for effect sounds.
  public var audio: String
  /// A locale of the written descriptions.
  public var text: String

  /// Speech in one language and text in another, so that neither is the other read aloud.
  public init(audio: String = "fr", text: String = "en") {
    self.audio = audio
    self.text = text
  }

  /// The word that stands for effect sounds instead of speech.
  public static let effectSounds = "effect"
}
