import Autograd
import Foundation
import SeededRandom
import Testing

@testable import Fusion

/// The parts of a change of the weights: they add up, and each is the integral it claims to be.
@Suite struct WeightAttributionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: FusionRule
    let modalities: Int
    let activation: Architecture.Activation
    let missing: Set<Int>
    var testDescription: String { "\(rule) \(modalities) \(activation) \(missing)" }
  }

  static let cases = AttributedModel.rules.flatMap { rule in
    [(2, Set<Int>()), (3, []), (5, []), (5, [1]), (5, [1, 3])].filter {
      rule.accepts(modalities: $0.0)
    }.flatMap { count, missing in
      Architecture.Activation.allCases.map {
        Case(rule: rule, modalities: count, activation: $0, missing: missing)
      }
    }
  }

  private func attributed(
    _ item: Case, seed: UInt64
  ) throws -> (AttributedModel, WeightAttribution) {
    let made = AttributedModel(
      item.rule, modalities: item.modalities, activation: item.activation, seed: seed,
      missing: item.missing)
    return (made, try WeightAttribution(made.model, before: made.before, now: made.now))
  }

  @Test(arguments: cases) func partsAddUp(_ item: Case) throws {
    for seed in 1...6 {
      let (_, why) = try attributed(item, seed: UInt64(seed))
      #expect(why.residual < 1e-9)
      for (m, modality) in why.modalities.enumerated() {
        let effects = modality.effects
        #expect(
          abs(effects.reduce(0) { $0 + $1.alpha } - modality.alpha.difference) < 1e-9, "alpha")
        guard !item.missing.contains(m) else {
          #expect(modality.score == nil && modality.features.isEmpty)
          #expect(modality.alpha.now == 0 && modality.alpha.before > 0)
          continue
        }
        let (logAlpha, score) = (try #require(modality.logAlpha), try #require(modality.score))
        let logSum = effects.reduce(0) { $0 + ($1.logAlpha ?? .nan) }
        #expect(abs(logSum - logAlpha.difference) < 1e-9, "ln alpha")
        let own = modality.featureSum + modality.novelty + modality.consensus
        #expect(abs(own.score - score.difference) < 1e-9, "score")
        // What features and factors do to the own weight is what the modality did to it.
        #expect(abs(own.alpha - effects[m].alpha) < 1e-9)
        #expect(abs(own.logAlpha - (effects[m].logAlpha ?? .nan)) < 1e-9)
        // What one modality did takes from some what it gives to others.
        #expect(abs(why.modalities.reduce(0) { $0 + $1.effects[m].alpha }) < 1e-9)
      }
    }
  }

  @Test(arguments: cases) func weightsAreThoseOfInference(_ item: Case) throws {
    let (made, why) = try attributed(item, seed: 3)
    let inference = Inference(made.model)
    let (before, now) = (inference.predict(made.before), inference.predict(made.now))
    for (m, modality) in why.modalities.enumerated() {
      #expect(abs(modality.alpha.before - before.meanAlpha(m)[0]) < 1e-5)
      #expect(abs(modality.alpha.now - now.meanAlpha(m)[0]) < 1e-5)
      guard !item.missing.contains(m) else { continue }
      let alpha = now.alpha[m].row(0).map { Double($0) }
      guard alpha.allSatisfy({ $0 > 1e-6 }) else { continue }
      let mean = alpha.reduce(0) { $0 + log($1) } / Double(alpha.count)
      #expect(abs((modality.logAlpha?.now ?? .nan) - mean) < 1e-4)
    }
  }

  /// Each feature's part against a sum over 4000 steps of central differences of a score written out
  /// by hand; factors off, so that the path is the features' alone.
  @Test(arguments: cases.filter { $0.missing.isEmpty && $0.modalities < 5 })
  func featurePartsAreIntegratedGradients(_ item: Case) throws {
    let made = AttributedModel(
      item.rule, modalities: item.modalities, activation: item.activation, seed: 9, noveltyRank: 0)
    let why = try WeightAttribution(made.model, before: made.before, now: made.now)
    for m in 0..<item.modalities {
      let (a, b) = (made.row(made.before[m]), made.row(made.now[m]))
      func mean(_ x: [Double]) -> Double {
        let scores = made.scores(m, x)
        return scores.reduce(0, +) / Double(scores.count)
      }
      let steps = 4000
      var expected = [Double](repeating: 0, count: a.count)
      for step in 0..<steps {
        let t = (Double(step) + 0.5) / Double(steps)
        let x = zip(a, b).map { $0 + t * ($1 - $0) }
        for j in x.indices where a[j] != b[j] {
          var (up, down) = (x, x)
          up[j] += 1e-6
          down[j] -= 1e-6
          expected[j] += (b[j] - a[j]) * (mean(up) - mean(down)) / 2e-6 / Double(steps)
        }
      }
      for feature in why.modalities[m].features {
        #expect(abs(feature.change - (b[feature.column] - a[feature.column])) < 1e-12)
        #expect(
          abs(feature.part.score - expected[feature.column]) < 1e-3, "\(m) \(feature.column)")
      }
      #expect(why.modalities[m].features.map(\.column) == b.indices.filter { a[$0] != b[$0] })
    }
  }

  /// A short step: each part over the step is the derivative, by differences in Double.
  @Test(arguments: cases.filter { $0.missing.isEmpty && $0.modalities < 5 })
  func shortStepsAreGradients(_ item: Case) throws {
    let made = AttributedModel(
      item.rule, modalities: item.modalities, activation: item.activation, seed: 12,
      noveltyRank: 0)
    let step = Float(1.0 / 1024)
    let now = made.before.map { table in
      guard case .dense(let matrix) = table.storage else { return table }
      return FeatureTable(
        .dense(Matrix(rows: 1, columns: 5, values: matrix.values.map { $0 + step })),
        present: table.present)
    }
    let why = try WeightAttribution(made.model, before: made.before, now: now)
    for m in 0..<item.modalities - 1 {
      let (a, b) = (made.row(made.before[m]), made.row(now[m]))
      let middle = zip(a, b).map { ($0 + $1) / 2 }
      for feature in why.modalities[m].features {
        var (up, down) = (middle, middle)
        up[feature.column] += 1e-5
        down[feature.column] -= 1e-5
        let slopes = zip(made.scores(m, up), made.scores(m, down)).map { ($0 - $1) / 2e-5 }
        let slope = slopes.reduce(0, +) / Double(slopes.count)
        #expect(abs(feature.part.score / feature.change - slope) < 2e-4 * max(1, abs(slope)))
      }
    }
  }

  /// Where the features cannot move the score, the distance from the training rows does.
  @Test func noveltyIsAPartOfItsOwn() throws {
    let made = AttributedModel(
      .perDimension, modalities: 3, seed: 2, range: LogVarianceRange(low: -1e-9, high: 1e-9))
    let why = try WeightAttribution(made.model, before: made.before, now: made.now)
    let far = why.modalities[0]
    #expect(far.novelty.score < -0.1 && far.novelty.alpha < 0)
    #expect(abs(far.featureSum.score) < 1e-6)
    #expect(abs((far.score?.difference ?? .nan) - far.novelty.score) < 1e-6)
    #expect(why.modalities[2].novelty == .init(), "sparse rows have none")
  }

  @Test func consensusIsAPartOfItsOwn() throws {
    let parts = try (1...8).map { seed in
      let made = AttributedModel(.consensus, modalities: 5, seed: UInt64(seed))
      return try WeightAttribution(made.model, before: made.before, now: made.now)
        .modalities.map(\.consensus.score)
    }
    #expect(parts.contains { $0.contains { abs($0) > 1e-3 } })
    let made = AttributedModel(.perDimension, modalities: 5, seed: 1)
    let why = try WeightAttribution(made.model, before: made.before, now: made.now)
    #expect(why.modalities.allSatisfy { $0.consensus == .init() })
  }

  @Test func nothingChangesNothing() throws {
    let made = AttributedModel(.perDimension, modalities: 3, seed: 5)
    let why = try WeightAttribution(made.model, before: made.now, now: made.now)
    #expect(why.residual == 0)
    #expect(why.modalities.allSatisfy { $0.features.isEmpty && $0.alpha.difference == 0 })
  }

  @Test func aModalityThatLeavesGivesItsWeightAway() throws {
    let made = AttributedModel(.perDimension, modalities: 3, seed: 6)
    let left = made.before.enumerated().map { $0.offset == 1 ? $0.element.dropped() : $0.element }
    let why = try WeightAttribution(made.model, before: made.before, now: left)
    let held = why.modalities[1].alpha.before
    #expect(abs(why.modalities[1].effects[1].alpha + held) < 1e-12)
    let given = why.modalities[0].effects[1].alpha + why.modalities[2].effects[1].alpha
    #expect(abs(given - held) < 1e-12)
    #expect(why.modalities[1].effects[1].logAlpha == nil)
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    let uniform = AttributedModel(.uniform, modalities: 2, seed: 1)
    #expect(throws: FusionError.self) {
      try WeightAttribution(uniform.model, before: uniform.before, now: uniform.now)
    }
    let made = AttributedModel(.perDimension, modalities: 2, seed: 1, missing: [1])
    #expect(throws: FusionError.self) {
      try WeightAttribution(made.model, before: made.now, now: made.before)
    }
  }
}
