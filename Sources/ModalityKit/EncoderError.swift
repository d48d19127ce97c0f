/// An error a person can act on: what went wrong, where, and one hint.
///
/// Every error of the toolkit that can reach a user conforms; the REPL prints it as one line and a
/// hint, and as `{"code", "message", "hint"}` in JSON.
public protocol ExplainedError: Error, Sendable {
  /// A permanent, lower-case word for programs: `file-missing`, `wrong-format` …
  var code: String { get }
  /// What was expected and what was found, naming the thing.
  var message: String { get }
  /// One thing to try.
  var hint: String { get }
}

/// What can go wrong between a raw input and its feature row.
public struct EncoderError: ExplainedError, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case fileMissing = "file-missing"
    case notAFile = "not-a-file"
    case unreadable = "unreadable"
    case emptyInput = "empty-input"
    case wrongFormat = "wrong-format"
    case damaged = "damaged"
    case tooLarge = "too-large"
    case wrongInput = "wrong-input"
    case badParameter = "bad-parameter"
    case badState = "bad-state"
    case nothingToFit = "nothing-to-fit"
    case unknownCorruption = "unknown-corruption"
    case encodingFailed = "encoding-failed"
  }

  public let kind: Kind
  public let message: String
  public let hint: String

  public var code: String { kind.rawValue }

  public init(_ kind: Kind, _ message: String, hint: String) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }
}
