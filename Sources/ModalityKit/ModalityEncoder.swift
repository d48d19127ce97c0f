/// The socket: turns one kind of raw input into feature rows the fusion core can learn from.
///
/// Three things are kept apart so that "not fitted" cannot be expressed: the *configuration* (the
/// user's choice), the *state* (learned by `fit` from training signals), and *encoding* (a pure
/// function of signal, configuration and state). An encoder is a value and may be used from
/// several threads at once.
///
/// To add an encoder: conform a type, and `register` it with a `FusionCore`.
public protocol ModalityEncoder: Sendable {
  /// The decoded raw input: tokens, a bitmap, a waveform, a vector. Corruptions act on it.
  associatedtype Signal: Sendable
  /// The user's choices. `init()` gives the defaults; its JSON keys are the descriptor's
  /// parameter names.
  associatedtype Configuration: Codable & Hashable & Sendable
  /// What `fit` learned: a vocabulary with its idf, or nothing. Survives a JSON round trip.
  associatedtype State: Codable & Sendable

  static var descriptor: EncoderDescriptor { get }
  static var defaultConfiguration: Configuration { get }
  /// In the order in which help lists them. Training with corruption pairs draws from these.
  static var corruptions: [Corruption<Signal>] { get }

  /// The same corruptions, name by name and in the same order, for an encoder that measures their
  /// size against what `fit` learned: the spread of a feature, say.
  static func corruptions(fitted state: State) -> [Corruption<Signal>]

  init(configuration: Configuration) throws(EncoderError)
  var configuration: Configuration { get }

  /// Reads the raw input. The content is hostile: sizes are checked before memory is asked for.
  func decode(_ raw: RawInput) throws(EncoderError) -> Signal

  /// Learns the state from training signals only; forgets everything it learned before.
  func fit(_ signals: some Sequence<Signal>) throws(EncoderError) -> State

  func schema(_ state: State) -> FeatureSchema

  /// Fills `row` with `schema(state).count` finite features.
  func encode(_ signal: Signal, _ state: State, into row: inout FeatureRow) throws(EncoderError)

  func preview(_ signal: Signal) -> Preview

  /// What the features are computed from, to look at: a thumbnail, a spectrogram.
  func featureViews(_ signal: Signal, _ state: State) throws(EncoderError) -> [Preview]

  /// About how many bytes a decoded signal holds; by it a data set keeps as many as fit its budget.
  func memory(of signal: Signal) -> Int

  /// What a person should know of a signal that the state makes worthless: "no word is known".
  func warnings(_ signal: Signal, _ state: State) -> [String]
}

extension ModalityEncoder {
  public static var corruptions: [Corruption<Signal>] { [] }
  public static func corruptions(fitted state: State) -> [Corruption<Signal>] { corruptions }
  public func featureViews(_ signal: Signal, _ state: State) throws(EncoderError) -> [Preview] {
    []
  }
  public func memory(of signal: Signal) -> Int { 1 << 16 }
  public func warnings(_ signal: Signal, _ state: State) -> [String] { [] }
}
