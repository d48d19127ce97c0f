import Fusion
import ModalityKit

struct LatentPlot: Plot {
  static let name = "latent"
  static let summary = "mu of a split in the plane where it is widest, with 1-sigma ellipses"
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one", optional: true),
    .split,
  ]

  private let wanted: String?
  private let choice: SplitChoice

  init(_ words: [String], _ arguments: Arguments) throws {
    wanted = words.first
    choice = try SplitChoice(arguments)
  }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let answers = try choice.predictions(session)
    let data = try session.openData()
    let model = try session.trainedModel()
    let only = try wanted.map { try session.pipelineIndex(of: $0, in: data) }
    let grouping = LatentGroups(answers, data.dataset, classes: model.classes)
    let reading = session.sample == nil ? nil : try session.reading()
    let title = "latent space, \(choice.text(answers.indices.count))"
    var blocks: [Block] = [.heading(title)]
    var results: [JSONValue] = []
    for m in data.pipelines.indices where only == nil || m == only {
      let name = data.pipelines[m].name
      guard
        let latent = LatentChart(
          answers, modality: m, grouping, ids: answers.indices.map { data.dataset.samples.ids[$0] })
      else {
        blocks.append(.note("\(name): no plane to draw; it needs two samples and two dimensions"))
        continue
      }
      let spots = latent.spots(reading?.modalities[m])
      blocks.append(.scatter(latent.chart(name, spots)))
      results.append(latent.json(name, spots))
    }
    return PlotDrawing(
      title: title, blocks: blocks,
      result: choice.json(answers.indices.count) + [
        ("groups", JSONValue(grouping.names)), ("modalities", .array(results)),
      ])
  }
}

/// Which samples belong together: a class, or a third of the numbers to be predicted.
struct LatentGroups {
  let names: [String]
  /// Parallel to the split's samples; each below `names.count`.
  let members: [Int]

  init(_ answers: SplitPrediction, _ dataset: Dataset, classes: [String]) {
    guard classes.isEmpty else {
      (names, members) = (classes, answers.labels)
      return
    }
    let values = answers.indices.map { dataset.samples.values?[$0] ?? 0 }
    let sorted = values.sorted()
    let cuts = [sorted[sorted.count / 3], sorted[2 * sorted.count / 3]]
    let target = dataset.target ?? "value"
    let texts = cuts.map(NumberText.short)
    names = [
      "\(target) below \(texts[0])", "\(target) from \(texts[0])", "\(target) from \(texts[1])",
    ]
    members = values.map { value in cuts.count { value >= $0 } }
  }
}
