/// What an encoder says of itself. Help, completion, validation and JSON all derive from it.
public struct EncoderDescriptor: Sendable, Hashable {
  /// Permanent: a saved model names its encoders by it. `bag-of-words`, `thumbnail-hog`, `mfcc` …
  public let identifier: String
  /// Raised when the same configuration and state would give different rows.
  public let version: Int
  /// The modality it serves unless a manifest says otherwise: `text`, `image`, `audio` …
  public let modality: String
  public let summary: String
  /// What it takes, for people: "PNG files".
  public let accepts: String
  public let parameters: [ParameterDescriptor]
  public let traits: Set<Trait>
  /// nil for encoders that are part of the program.
  public let origin: PluginOrigin?

  public enum Trait: String, Sendable, CaseIterable {
    /// Rows come as index–value pairs and are not centred by feature scaling.
    case sparse
    /// Works without `fit` having seen any data.
    case stateless
    /// Takes plain numbers: the default for a modality that no encoder is registered for, when its
    /// cells are numbers.
    case numeric
    /// Is used by one thread at a time: a plugin that cannot have more.
    case serial
  }

  public init(
    identifier: String, version: Int, modality: String, summary: String, accepts: String,
    parameters: [ParameterDescriptor], traits: Set<Trait> = [], origin: PluginOrigin? = nil
  ) {
    self.identifier = identifier
    self.version = version
    self.modality = modality
    self.summary = summary
    self.accepts = accepts
    self.parameters = parameters
    self.traits = traits
    self.origin = origin
  }
}

/// One user-set number or word of an encoder's configuration. `name` is its JSON key.
public struct ParameterDescriptor: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case integer(ClosedRange<Int>, default: Int)
    case real(ClosedRange<Double>, default: Double)
    case choice([String], default: String)
    case flag(default: Bool)
  }

  public let name: String
  public let summary: String
  /// "Hz", "pixels", "s" … or nil for a pure number.
  public let unit: String?
  public let kind: Kind

  public init(_ name: String, _ kind: Kind, unit: String? = nil, _ summary: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.summary = summary
  }
}
