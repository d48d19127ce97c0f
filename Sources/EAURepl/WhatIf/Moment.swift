import Fusion

/// A sample under a model: its weights and what is predicted.
struct Moment {
  let title: String
  /// The sample's class, when known.
  let label: String?
  let rule: FusionRule
  let reading: SampleReading
  let verdict: Verdict

  init(_ session: Session) throws {
    let (model, sample) = (try session.trainedModel(), try session.currentSample())
    title = sample.title
    label = sample.label
    rule = model.options.alpha
    reading = try SampleReading(model, sample)
    verdict = try Verdict(model, reading, seed: session.seed)
  }

  func modality(_ name: String) -> SampleReading.Modality? {
    reading.modalities.first { $0.name == name }
  }

  var json: JSONValue {
    .object(
      [
        ("sample", .string(title)), ("label", JSONValue(label)), ("rule", .string(rule.rawValue)),
        ("modalities", .array(reading.modalities.map(Self.json))),
      ] + verdict.json)
  }

  private static func json(_ modality: SampleReading.Modality) -> JSONValue {
    .object([
      ("name", .string(modality.name)), ("present", .bool(modality.isPresent)),
      ("alpha", .number(modality.alpha)),
      ("sigma", modality.isPresent ? .number(modality.sigmaMean) : .null),
      (
        "corruption",
        modality.part?.corruption.map {
          .object([
            ("kind", .string($0.kind)), ("severity", .number($0.severity)),
            ("realised", .number($0.realised.amount)),
          ])
        } ?? .null
      ),
    ])
  }
}
