import ModalityKit

/// A row of a benchmark's table: an EAU preset, a change of one, or a baseline.
public struct BenchmarkMethod: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case eau(TrainingOptions)
    case baseline(Baseline, BaselineOptions, pairs: TrainingOptions)
  }

  public let name: String
  public let summary: String
  public let kind: Kind
  /// The one modality the method does without, for `without-NAME`.
  public let without: String?
}

extension BenchmarkMethod {
  /// Names of the methods a table has when none are chosen, in its order.
  public static let standard = [
    "calibrated", "paper", "uniform", "concatenation", "late", "logistic", "qmf", "tmc", "etmc",
    "attention", "calibrated-clean", "paper-clean",
  ]

  /// Names of the ablations: the calibrated preset without one of its parts.
  public static let ablations = [
    "calibrated", "no-ura", "no-pair", "no-prior", "no-vib", "no-calibration", "no-unimodal",
    "calibrated-clean",
  ]

  /// The method of a name; nil for one that is not known.
  ///
  /// - Parameter calibrated: the calibrated preset as the data set would have it.
  public init?(name: String, calibrated: TrainingOptions) {
    var options = calibrated
    var summary = ""
    var without: String?
    switch name {
    case "calibrated": summary = "the calibrated preset"
    case "paper":
      options = TrainingOptions(preset: .paper)
      options.corruptions = true
      options.withheld = calibrated.withheld
      summary = "the published loss, trained on the same corruption pairs"
    case "paper-clean":
      options = TrainingOptions(preset: .paper)
      summary = "the published loss as published: clean training rows"
    case "calibrated-clean":
      options.corruptions = false
      options.damage = 0
      summary = "the calibrated preset without corrupted signals or damaged features"
    case "uniform":
      options.alpha = .uniform
      summary = "the calibrated preset with equal weights"
    case "no-ura":
      options.lambda = 0
      summary = "without L_URA"
    case "no-pair":
      options.pair = 0
      summary = "without the pairs of L_UDR"
    case "no-prior":
      options.prior = 0
      summary = "without the prior of L_UDR"
    case "no-vib":
      options.beta = 0
      options.samples = 0
      summary = "without the information bottleneck: no noise on z, no KL"
    case "no-calibration":
      options.calibration = 0
      summary = "without L_cal"
    case "no-unimodal":
      options.unimodal = 0
      summary = "without the unimodal term"
    default:
      if name.hasPrefix("without-") {
        let modality = String(name.dropFirst("without-".count))
        without = modality
        summary = "the calibrated preset trained and judged without \(modality)"
      } else if let baseline = Baseline(rawValue: name) {
        self.init(
          name: name, summary: baseline.summary,
          kind: .baseline(baseline, BaselineOptions(), pairs: calibrated), without: nil)
        return
      } else {
        return nil
      }
    }
    self.init(name: name, summary: summary, kind: .eau(options), without: without)
  }

  /// The same method trained for so many epochs.
  func taking(epochs: Int) -> BenchmarkMethod {
    let changed: Kind
    switch kind {
    case .eau(var options):
      options.epochs = epochs
      changed = .eau(options)
    case .baseline(let baseline, var options, let pairs):
      options.epochs = epochs
      changed = .baseline(baseline, options, pairs: pairs)
    }
    return BenchmarkMethod(name: name, summary: summary, kind: changed, without: without)
  }
}
