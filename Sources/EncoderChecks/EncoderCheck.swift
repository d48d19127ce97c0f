/// What every encoder promises, one promise a case. The raw value is permanent: reports and
/// documents name a check by it.
public enum EncoderCheck: String, Sendable, CaseIterable {
  case identifier = "descriptor-identifier"
  case parameters = "descriptor-parameters"
  case configuration = "configuration-round-trip"
  case bounds = "configuration-bounds"
  case decoding = "decode-samples"
  case fittingNothing = "fit-nothing"
  case rows = "row-shape"
  case names = "feature-names"
  case repeatable = "same-bytes"
  case reuse = "row-reuse"
  case refit = "refit-forgets"
  case order = "fit-order"
  case restoring = "state-round-trip"
  case badState = "state-damaged"
  case concurrency = "concurrent-rows"
  case preview = "preview-shape"
  case hostile = "hostile-input"
  case severityZero = "corruption-identity"
  case seed = "corruption-seed"
  case realised = "corruption-realised"
  case spoiled = "corruption-rows"
  case untouched = "corruption-untouched"
  case unknownCorruption = "corruption-unknown"
  case process = "process-survives"

  /// What is expected, and why.
  public var explanation: String {
    switch self {
    case .identifier:
      "The identifier is lower-case letters, digits and hyphens, the version at least 1 and the "
        + "modality named: model files find their encoders by them."
    case .parameters:
      "Parameters have names of their own and defaults within their ranges: help, completion and "
        + "checking are made from them."
    case .configuration:
      "The default configuration, written and read, is itself and has a field for each parameter: a "
        + "restored model must encode as the saved one did."
    case .bounds:
      "A value outside of a parameter's range is refused with bad-parameter: a model file's numbers "
        + "are not to be trusted."
    case .decoding: "The samples given decode: all else is checked on them."
    case .fittingNothing:
      "Fitting on nothing is refused with nothing-to-fit; an encoder that says it is stateless "
        + "learns the same from nothing as from samples."
    case .rows:
      "A row has the schema's number of features, all finite; a sparse row has ascending columns "
        + "within it, and only an encoder with the trait sparse gives one."
    case .names: "Every feature has a name of its own: people are shown which features moved."
    case .repeatable: "The same signal gives the same bytes every time: results are reproducible."
    case .reuse: "A row that held another sample gives what a new one gives: rows are reused."
    case .refit: "Fitting again forgets what was fitted before: an encoder is a value."
    case .order:
      "The order of the training samples does not matter. Not an error, but shuffling a file should "
        + "not change a model."
    case .restoring: "The state, written and read, gives the same schema and rows."
    case .badState: "A damaged state is refused with bad-state: model files can be damaged."
    case .concurrency: "Rows made at once on several threads are those made in turn."
    case .preview:
      "Preview and feature views are whole: pixels, grids and directions fill their rectangle, "
        + "sample rates are positive."
    case .hostile:
      "Empty, tiny, blank, huge and random input is refused with an error of its own or gives a "
        + "row that holds to the schema; it never ends the program."
    case .severityZero: "Severity 0 leaves the signal as it is, bit for bit, and says so."
    case .seed: "Equal seeds spoil equally, so that damage can be shown again."
    case .realised:
      "The amount of damage is finite and not negative, and larger at severity 10 than at 2: the "
        + "severity is a wish, this is what sigma is measured against."
    case .spoiled: "A spoiled signal gives a row that holds to the schema."
    case .untouched: "Spoiling makes a new signal and leaves the old one alone."
    case .unknownCorruption: "A kind that is not offered is refused with unknown-corruption."
    case .process:
      "The plugin's process goes on until it is no longer needed, also when encoders are destroyed."
    }
  }
}

/// What a check found wrong.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
  public enum Severity: String, Sendable, CaseIterable { case note, warning, error }

  public let check: EncoderCheck
  public let severity: Severity
  /// What was expected and what was found.
  public let message: String

  public init(_ check: EncoderCheck, as severity: Severity = .error, _ message: String) {
    self.check = check
    self.severity = severity
    self.message = message
  }

  public var description: String { "\(severity.rawValue) \(check.rawValue): \(message)" }
}
