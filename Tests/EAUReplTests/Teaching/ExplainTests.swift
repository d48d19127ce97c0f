import Autograd
import Foundation
import Testing

@testable import EAURepl
@testable import Fusion

/// `explain TERM`: every result again, independently, in Double from what `inspect`, `weights` and
/// `predict` print.
@Suite("explain")
struct ExplainTests {
  /// What `inspect` says of the modalities present.
  private struct Inspected {
    let names: [String]
    let mu: [[Double]]
    let variance: [[Double]]

    init(_ play: inout Playground) throws {
      let modalities = try #require(try play.run("inspect")["modalities"]?.elements)
      names = modalities.compactMap { $0["name"]?.string }
      mu = try modalities.map { try $0.numbers("mu") }
      variance = try modalities.map { try $0.numbers("variance") }
    }

    /// KL(a ‖ b) by the textbook.
    func divergence(_ a: Int, _ b: Int) -> Double {
      mu[a].indices.reduce(0.0) { sum, d in
        let difference = mu[a][d] - mu[b][d]
        return sum + 0.5 * log(variance[b][d] / variance[a][d])
          + (variance[a][d] + difference * difference) / (2 * variance[b][d]) - 0.5
      }
    }

    func divergenceToStandard(_ a: Int) -> Double {
      mu[a].indices.reduce(0.0) {
        $0 + 0.5 * (mu[a][$1] * mu[a][$1] + variance[a][$1] - 1 - log(variance[a][$1]))
      }
    }

    /// [modality][dimension]
    func alpha(_ rule: FusionRule, _ g: Double) -> [[Double]] {
      let sigma = variance.map { $0.map { $0.squareRoot() } }
      let columns = mu[0].indices.map { d in
        let scores = sigma.map { sigma -> Double in
          switch rule {
          case .perDimension, .consensus: g / sigma[d]
          case .perModality: g * Double(sigma.count) / sigma.reduce(0, +)
          case .precision: -log(sigma[d] * sigma[d])
          case .uniform: 0
          case .varianceSwap: -sigma[d] * sigma[d]
          }
        }
        let total = scores.reduce(0) { $0 + exp($1 - (scores.max() ?? 0)) }
        return scores.map { exp($0 - (scores.max() ?? 0)) / total }
      }
      return mu.indices.map { m in columns.map { $0[m] } }
    }
  }

  static let trainings = [
    "train epochs=3", "train paper epochs=3", "train epochs=2 --alpha precision",
    "train epochs=2 --alpha perModality --ura literal",
    "train epochs=2 --alpha uniform --ura released",
  ]

  @Test(arguments: trainings) func sampleTerms(_ training: String) throws {
    var play = try Playground("open demo", training, "sample 5; corrupt image gaussian 6")
    let options = try #require(play.session.model?.options)
    let inspected = try Inspected(&play)
    let weights = try play.run("weights")
    let alpha = try play.run("explain alpha")
    let columns = inspected.alpha(options.alpha, options.sharpness)
    for (m, name) in inspected.names.enumerated() {
      let printed = try #require(weights.modality(name))
      let result = try alpha.number("result", name)
      let mean = columns[m].reduce(0, +) / Double(columns[m].count)
      let shown = try printed.number("alpha")
      #expect(abs(result - mean) < 1e-6 && abs(result - shown) < 1e-6)
      let sigma = try play.run("explain sigma \(name)").number("result", name)
      #expect(agree(sigma, try printed.number("sigma")))
    }
    let count = inspected.names.indices
    let pairs = count.flatMap { a in count.filter { $0 != a }.map { (a, $0) } }
      .reduce(0) { $0 + inspected.divergence($1.0, $1.1) }
    let priors = count.reduce(0) { $0 + inspected.divergenceToStandard($1) }
    let udr = try play.run("explain udr")
    #expect(agree(try udr.number("result", "pairs"), pairs))
    #expect(agree(try udr.number("result", "priors"), priors))
    #expect(
      agree(try udr.number("result", "L_UDR"), options.pair * pairs + options.prior * priors))
    let d = 3
    let fused = try play.run("explain fused --dimension \(d)")
    let expected = count.reduce(0) { $0 + columns[$1][d] * inspected.mu[$1][d] }
    #expect(agree(try fused.number("result", "x̂[\(d)]"), expected, 1e-5))
    #expect(agree(try fused.numbers("model")[0], expected, 1e-5))
  }

  /// The sums of training, on the same numbers, by the code that trains.
  @Test func theTapeAgrees() throws {
    var play = try Playground("open demo; train epochs=3; sample 5")
    let udr = try play.run("explain udr")
    let (model, sample) = (try play.session.trainedModel(), try play.session.currentSample())
    let trace = model.model.trace(
      try model.tables(model.pipelines.map { sample.part($0.name)?.current }))
    let gaussians = trace.modalities.map {
      Gaussian(mu: Self.leaf([$0.mu]), sigma: Self.leaf([$0.sigma]))
    }
    let tape = Tape<Double>(differentiates: false)
    #expect(agree(tape.pairLoss(gaussians).scalar, try udr.number("result", "pairs"), 1e-9))
    #expect(agree(tape.priorLoss(gaussians).scalar, try udr.number("result", "priors"), 1e-9))
  }

  /// The softmax of each rule again, against the code that fuses, from ordinary to extreme sigma.
  @Test(arguments: FusionRule.allCases) func everyRule(_ rule: FusionRule) {
    let sigma = [[0.6, 1.0, 2.5, 0.05], [0.7, 0.9, 0.61, 0.04]]
    for g in [1.0, 9] {
      let present = sigma.map {
        ForwardTrace.Modality(
          name: "m", isPresent: true, mu: [1, 2, 3, 4], networkSigma: $0, sigma: $0, alpha: [])
      }
      let ours = FusionRecomputed(rule: rule, sharpness: g, present: present)
        .allWeights(dimensions: 4)
      let fused = Tape<Double>(differentiates: false).fuse(
        sigma.map { Gaussian(mu: Self.leaf([[1, 2, 3, 4]]), sigma: Self.leaf([$0])) }, rule: rule,
        sharpness: g)
      for m in sigma.indices {
        let weights = fused.alpha[m].matrix.values
        for d in 0..<4 {
          #expect(abs(ours[m][d] - weights[weights.count == 1 ? 0 : d]) < 1e-12)
        }
      }
    }
  }

  private static func leaf(_ rows: [[Double]]) -> Variable<Double> {
    Variable(
      Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap { $0 }),
      differentiable: false)
  }

  /// z̃ and z put into the training code as they are; it gives the mean over the rows.
  @Test(arguments: AugmentationForm.allCases) func augmentation(_ form: AugmentationForm) throws {
    var play = try Playground("open demo; train epochs=1 --ura \(form.rawValue)", "sample 5")
    let context = try ExplainContext(
      play.session, of: .ura, modality: "audio", dimension: nil, word: nil)
    let batch = try AugmentationBatch(try context.oneModality(), context)
    #expect(batch.anchors.count == AugmentationBatch.size && !batch.others.contains(5))
    let tape = Tape<Double>(differentiates: false)
    let flat = { (value: Double) in Self.leaf(batch.anchors.map { $0.map { _ in value } }) }
    let loss = try tape.augmentationLoss(
      Gaussian(mu: flat(0), sigma: flat(1)), anchorNoise: Self.leaf(batch.anchors),
      augmentedNoise: Self.leaf(batch.augmented), tau: context.options.tau, form: form
    ).scalar
    // Each row with its own sample first, as the explanation has the current one.
    let s = batch.similarities
    let mean =
      s.indices.reduce(0.0) { sum, i in
        let others = s.indices.filter { $0 != i }
        let row = [s[i][i]] + others.map { s[i][$0] }
        let column = [s[i][i]] + others.map { s[$0][i] }
        return sum
          + (form == .released ? (batch.loss(row) + batch.loss(column)) / 2 : batch.loss(row))
      } / Double(s.count)
    #expect(agree(mean, loss, 1e-9))
    let explained = try play.run("explain ura audio").number("result", "L_URA of this sample")
    #expect(agree(explained, batch.value, 1e-12))
    #expect(try play.run("explain ura audio") == (try play.run("explain ura audio")))
  }

  @Test func bottleneckFromItsParameters() throws {
    var play = try Playground(
      "open demo; train epochs=3", "sample 5; corrupt text drop 6; drop audio")
    let inspected = try Inspected(&play)
    let model = try play.session.trainedModel()
    let alpha = inspected.alpha(model.options.alpha, model.options.sharpness)
    let fused = inspected.mu[0].indices.map { d in
      inspected.mu.indices.reduce(0) { $0 + alpha[$1][d] * inspected.mu[$1][d] }
    }
    func layer(_ name: String, _ x: [Double]) throws -> [Double] {
      let weights = try #require(model.model.parameter("\(name).weight")).matrix
      let bias = try #require(model.model.parameter("\(name).bias")).matrix
      return (0..<weights.columns).map { c in
        x.indices.reduce(Double(bias[0, c])) { $0 + x[$1] * Double(weights[$1, c]) }
      }
    }
    let (mu, logvar) = (try layer("bottleneck.mu", fused), try layer("bottleneck.logvar", fused))
    let divergence = zip(mu, logvar).reduce(0) { $0 + 0.5 * ($1.0 * $1.0 + exp($1.1) - 1 - $1.1) }
    let scores = try layer("classifier", mu)
    let label = try #require(play.session.sample?.label)
    let index = try #require(model.classes.firstIndex(of: label))
    let entropy = log(scores.reduce(0) { $0 + exp($1 - scores[index]) })
    let vib = try play.run("explain vib")
    #expect(agree(try vib.number("result", "KL_z"), divergence, 1e-5))
    #expect(agree(try vib.number("result", "cross entropy"), entropy, 1e-4))
    let beta = model.options.beta
    #expect(agree(try vib.number("result", "L_VIB"), entropy + beta * divergence, 1e-4))
    let shown = try #require(
      try play.run("predict")["classes"]?.elements?.first { $0["label"]?.string == label })
    #expect(
      agree(
        exp(-(try vib.number("result", "cross entropy"))), try shown.number("probability"), 1e-5))
  }

  @Test func totalIsTheSumOfItsTerms() throws {
    var play = try Playground("open demo; train epochs=2", "sample 5; corrupt image gaussian 3")
    let total = try play.run("explain total")
    let options = try play.session.trainedModel().options
    let udr = try play.run("explain udr")
    let vib = try play.run("explain vib")
    let result = try #require(total["result"]?.members)
    func value(_ name: String) throws -> Double { try total.number("result", name) }
    #expect(agree(try value("pairs"), try udr.number("result", "pairs"), 1e-12))
    #expect(agree(try value("task"), try vib.number("result", "cross entropy"), 1e-12))
    var sum = try value("task") + options.beta * value("KL_z") + options.pair * value("pairs")
    sum += options.prior * (try value("priors"))
    for name in ["image", "audio", "text"] {
      let ura = try play.run("explain ura \(name)").number("result", "L_URA of this sample")
      #expect(agree(try value("L_URA \(name)"), ura, 1e-12))
      sum +=
        try options.lambda * ura + options.calibration * value("L_cal \(name)")
        + options.unimodal * value("alone: \(name)")
    }
    #expect(agree(try value("L"), sum, 1e-12))
    #expect(result.count == 4 + 3 * 3 + 1)
    // A clean modality has nothing but ½ ln sigma² in L_cal.
    let variance = try #require(try play.run("inspect").modality("text")).numbers("variance")
    let mean = variance.reduce(0) { $0 + 0.5 * log($1) } / Double(variance.count)
    #expect(agree(try value("L_cal text"), mean, 1e-5))
    // The published loss has four kinds of terms.
    try play.run("train paper epochs=1; sample 5")
    #expect(try play.run("explain total")["result"]?.members?.count == 4 + 3 + 1)
  }

  @Test func doubtIsWhatPredictPrints() throws {
    var play = try Playground("open demo; train epochs=3", "sample 5; corrupt image gaussian 6")
    let predicted = try play.run("predict")
    for name in ["aleatoric", "epistemic"] {
      let explained = try play.run("explain \(name)")
      #expect(try explained.number("result", name) == predicted.number(name))
      let steps = try #require(explained["steps"]?.elements)
      let last = try #require(
        steps.first { $0["name"]?.string == (name == "aleatoric" ? "mean H" : name) })
      #expect(agree(try last.number("value"), try predicted.number(name)))
    }
    try play.run("open demo --regression; train epochs=2; sample 5")
    let numbers = try play.run("predict")
    for name in ["aleatoric", "epistemic"] {
      #expect(
        agree(try play.run("explain \(name)").number("result", name), try numbers.number(name)))
    }
    #expect(try play.run("explain vib").number("result", "error") >= 0)
    #expect(try play.run("explain total").number("result", "L").isFinite)
  }

  @Test func codeIsWhereItIsSaidToBe() throws {
    for term in ExplainedTerm.allCases {
      for place in term.code {
        let text = try String(
          contentsOf: DocumentationTests.root.appending(path: place.file), encoding: .utf8)
        #expect(
          text.contains("func \(place.symbol)(") || text.contains("struct \(place.symbol)")
            || text.contains("class \(place.symbol)") || text.contains("func \(place.symbol)<"),
          "\(place.text)")
      }
    }
  }

  /// Short enough to read, also where the terminal is narrow or knows only ASCII.
  @Test(arguments: ExplainedTerm.allCases) func fitsAScreen(_ term: ExplainedTerm) throws {
    var play = try Playground("open demo; train epochs=1", "sample 5; corrupt image gaussian 4")
    let report = try play.report("explain \(term.rawValue)")
    let drawn = TerminalRenderer(style: TerminalStyle()).render(report)
    let lines = drawn.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 32, "\(lines.count)\n\(drawn)")
    #expect(lines.allSatisfy { displayWidth($0) <= 80 })
    let ascii = TerminalRenderer(style: TerminalStyle(unicode: false)).render(report)
    #expect(ascii.utf8.allSatisfy { $0 < 0x80 }, "\(ascii)")
    // Everything shown is data, too.
    let data = report.result
    #expect(data["term"]?.string == term.rawValue && data["meaning"]?.string?.isEmpty == false)
    #expect(data["steps"]?.elements?.isEmpty == false && data["code"]?.elements?.isEmpty == false)
    #expect(data["result"]?.members?.isEmpty == false)
  }

  @Test func errorsSayWhatToDo() throws {
    var play = try Playground()
    #expect(try play.failure("explain alpha").error.code == "no-model")
    try play.run("open demo; train epochs=1")
    #expect(try play.failure("explain alpha").error.code == "no-sample")
    try play.run("sample 5; drop audio")
    let unknown = try play.failure("explain alhpa").error
    #expect(unknown.code == "unknown-term" && unknown.hint == "did you mean `explain alpha`?")
    #expect(try play.failure("explain sigma audio").error.code == "missing-modality")
    #expect(try play.failure("explain mfcc").error.code == "missing-modality")
    #expect(try play.failure("explain udr --dimension 64").error.code == "bad-value")
    #expect(try play.failure("explain tf-idf --term nonsense").error.code == "unknown-word")
    #expect(try play.failure("explain alpha --term cat").error.code == "usage")
    #expect(try play.failure("explain").error.code == "usage")
    try play.run("load text zzz; clean")
    #expect(try play.failure("explain tf-idf").error.code == "nothing-to-explain")
    #expect(try play.failure("explain total").error.code == "no-label")
    for alias in ["kl", "σ", "idf", "LOSS"] {
      #expect(throws: Never.self) { try ExplainedTerm.find(alias) }
    }
  }
}
