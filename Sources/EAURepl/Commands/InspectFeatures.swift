import Fusion
import ModalityKit

/// The features of one modality of the current sample that stand out.
struct InspectFeatures {
  struct Feature {
    let name: String
    /// As the encoder gave it.
    let value: Float
    /// As the network reads it: in standard deviations of the training rows from their mean, or
    /// divided by one factor where rows are sparse.
    let scaled: Float
  }

  let modality: String
  /// Of how many features they are the largest.
  let count: Int
  let largest: [Feature]
  /// What they are computed from.
  let views: [Preview]

  var drawn: [Block] {
    views.flatMap { [.text($0.caption)] + SampleView.blocks(of: $0) }
  }

  /// The scaled values by size; the name carries the sign.
  var bars: BarChart {
    BarChart(
      title: "the features that stand out, scaled",
      rows: largest.map {
        .init(($0.scaled < 0 ? "−" : "") + $0.name, Double(abs($0.scaled)))
      }, scale: .automatic)
  }

  static func report(_ all: [InspectFeatures]) -> Report {
    let blocks = all.flatMap { features -> [Block] in
      [
        .heading(
          "\(features.modality)  the \(features.largest.count) largest of \(features.count) features"
        )
      ] + features.drawn + [
        .table(
          Table(
            columns: [.init("feature"), .init("value", .right), .init("scaled", .right)],
            rows: features.largest.map {
              [
                printable($0.name), NumberText.fixed(Double($0.value), 4),
                NumberText.fixed(Double($0.scaled), 3),
              ]
            }))
      ]
    }
    return Report(
      blocks: blocks,
      result: .object([
        (
          "modalities",
          .array(
            all.map { features in
              .object([
                ("name", .string(features.modality)), ("features", .integer(features.count)),
                (
                  "largest",
                  .array(
                    features.largest.map {
                      .object([
                        ("name", .string($0.name)), ("value", .number(Double($0.value))),
                        ("scaled", .number(Double($0.scaled))),
                      ])
                    })
                ),
              ])
            })
        )
      ]))
  }
}

extension Session {
  /// The features of a modality of the current sample whose scaled values are largest in size;
  /// zeros of a sparse row are left out.
  func features(
    _ modality: SampleReading.Modality, count: Int
  ) throws -> InspectFeatures {
    let model = try trainedModel()
    guard let pipeline = model.pipelines.first(where: { $0.name == modality.name }),
      let signal = modality.part?.current
    else {
      throw CommandError(
        "missing-modality", "the current sample has no \(modality.name)",
        hint: "`load` adds one, `clean` brings a dropped one back")
    }
    var row = FeatureRow()
    try pipeline.fitted.encode(signal, into: &row)
    let scaled = try pipeline.row(signal)
    let names = pipeline.fitted.schema.names
    let columns = row.indices.map { $0.map(Int.init) } ?? Array(row.values.indices)
    let order = columns.indices.sorted {
      (-abs(scaled.values[$0]), columns[$0]) < (-abs(scaled.values[$1]), columns[$1])
    }
    return InspectFeatures(
      modality: modality.name, count: names.count,
      largest: order.prefix(count).map {
        .init(name: names[columns[$0]], value: row.values[$0], scaled: scaled.values[$0])
      }, views: try pipeline.fitted.featureViews(signal))
  }

  /// The modalities that the current sample has now, or the one that is wanted.
  func presentModalities(_ wanted: String?) throws -> [SampleReading.Modality] {
    let reading = try self.reading()
    let wanted = try wanted.map { try modality($0) }
    let shown = reading.modalities.filter { $0.isPresent && (wanted == nil || $0.name == wanted) }
    guard !shown.isEmpty else {
      throw CommandError(
        "missing-modality", "the current sample has no \(wanted ?? "modality")",
        hint: "`load` adds one, `clean` brings a dropped one back")
    }
    return shown
  }
}
