import ModalityKit

/// Why a data set was refused. A manifest's error names the file, the line and the column.
public struct DatasetError: ExplainedError, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case fileMissing = "file-missing"
    case notAFile = "not-a-file"
    case unreadable = "unreadable"
    case tooLarge = "too-large"
    case notUTF8 = "not-utf8"
    case malformedCSV = "malformed-csv"
    case malformedJSON = "malformed-json"
    case missingColumn = "missing-column"
    case duplicateColumn = "duplicate-column"
    case raggedRow = "ragged-row"
    case duplicateIdentifier = "duplicate-id"
    case emptyIdentifier = "empty-id"
    case emptyLabel = "empty-label"
    case notANumber = "not-a-number"
    case unknownSplit = "unknown-split"
    case sampleFileMissing = "sample-file-missing"
    case mixedKinds = "mixed-kinds"
    case noModality = "no-modality"
    case noSamples = "no-samples"
    case oneClass = "one-class"
    case constantTarget = "constant-target"
    case stampsMissing = "stamps-missing"
    case unknownLocale = "unknown-locale"
    case handwrittenMissing = "handwritten-missing"
    case unequalViews = "unequal-views"
    case noScratchSpace = "no-scratch-space"
    case stopped = "stopped"
  }

  public let kind: Kind
  public let message: String
  public let hint: String
  /// The manifest's line, counted from 1, where a record begins or a quote opens.
  public let line: Int?
  /// The manifest's column by its header name.
  public let column: String?
  /// What the column could have been called, where one is missing.
  public let candidates: [String]

  public var code: String { kind.rawValue }

  public init(
    _ kind: Kind, _ message: String, hint: String, line: Int? = nil, column: String? = nil,
    candidates: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.line = line
    self.column = column
    self.candidates = candidates
  }
}

extension DatasetError {
  /// An error at a place in a manifest: `FILE line 7, column "image": found …`.
  static func at(
    _ file: String, line: Int, column: String? = nil, _ kind: Kind, _ finding: String, hint: String,
    candidates: [String] = []
  ) -> DatasetError {
    let place = column.map { ", column \"\($0)\"" } ?? ""
    return DatasetError(
      kind, "\(file) line \(line)\(place): \(finding)", hint: hint, line: line, column: column,
      candidates: candidates)
  }

  /// A person did not want to wait.
  static let stopped = DatasetError(.stopped, "stopped", hint: "nothing was changed")

  /// What is too much for memory could not be kept on disk.
  init(_ error: ScratchError) {
    self.init(.noScratchSpace, error.message, hint: error.hint)
  }

  /// The reading of a file failed before any of its content was looked at.
  init(reading error: EncoderError) {
    let kind: Kind =
      switch error.kind {
      case .fileMissing: .fileMissing
      case .notAFile: .notAFile
      case .tooLarge: .tooLarge
      default: .unreadable
      }
    self.init(kind, error.message, hint: error.hint)
  }
}
