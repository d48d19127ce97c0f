import ModalityKit

/// What can go wrong between a data set and a fused sample.
public struct FusionError: ExplainedError, Equatable {
  public let code: String
  public let message: String
  public let hint: String

  init(_ code: String, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  static func noEncoder(modality: String, known: [String]) -> FusionError {
    FusionError(
      "no-encoder", "no encoder is registered for the modality \"\(modality)\"",
      hint: "encoders serve: \(known.joined(separator: ", "))")
  }

  static func noTableEncoder(modality: String) -> FusionError {
    FusionError(
      "no-encoder", "no encoder for tables is registered, which \"\(modality)\" needs",
      hint: "`plugin load tabular` brings one")
  }

  static func sample(_ id: String, modality: String, _ error: EncoderError) -> FusionError {
    FusionError(
      error.code, "sample \(id), \(modality): \(error.message)", hint: error.hint)
  }

  static func tooFewSamples(_ found: Int) -> FusionError {
    FusionError(
      "too-few-samples", "expected at least 4 training samples, found \(found)",
      hint: "open a larger data set or give its rows the split `train`")
  }

  static func constantTarget(_ target: String) -> FusionError {
    FusionError(
      "constant-target", "\(target) is the same in every training sample",
      hint: "there is nothing to predict; give the training rows different values")
  }

  public static let stopped = FusionError("stopped", "stopped", hint: "nothing was changed")

  static func badOption(_ message: String, hint: String) -> FusionError {
    FusionError("bad-option", message, hint: hint)
  }

  public static func modelFile(_ message: String) -> FusionError {
    FusionError(
      "bad-model-file", message, hint: "the file is damaged or not a model that `save` wrote")
  }
}
