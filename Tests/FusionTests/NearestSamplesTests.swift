import Autograd
import ModalityKit
import Testing

@testable import Fusion

/// Distances between Gaussians and the samples they find, against sorting everything.
@Suite struct NearestSamplesTests {
  @Test func theDistanceIsThatOfDiagonalGaussians() {
    let distance = SquaredWasserstein(([1, 2], [1, 1]), ([4, 6], [3, 0.5] as [Float]))
    #expect(distance.means == 25 && distance.spreads == 4.25 && distance.total == 29.25)
    // In one dimension W2² is ∫ (F₁⁻¹(u) − F₂⁻¹(u))² du = (m₁ − m₂)² + (s₁ − s₂)².
    #expect(SquaredWasserstein(([0], [2]), ([0], [2] as [Float])).total == 0)
  }

  private static func model(_ data: EncodedDataset) -> EAUModel<Float> {
    EAUModel(
      Architecture(
        inputs: data.pipelines.map(\.input), classes: 3, hidden: 8, latent: 5, bottleneck: 4),
      seed: 3)
  }

  @Test(arguments: [true, false], [[0], [0, 1, 2]])
  func findsWhatSortingFinds(_ withSpreads: Bool, _ modalities: [Int]) throws {
    let data = try Toy.data(count: 200, missing: true, none: [3])
    let model = Self.model(data)
    let here = try data.tables([5])
    let measure = NearestSamples.Measure(modalities: modalities, withSpreads: withSpreads)
    let found = try NearestSamples(
      to: here, in: data, split: .train, count: 7, by: measure, model: model)
    let inference = Inference(model)
    let me = inference.predict(here)
    let all = data.indices(of: .train).compactMap { index -> (index: Int, distance: Double)? in
      guard let other = try? inference.predict(data.tables([index])) else { return nil }
      let mine = modalities.filter { me.present[$0][0] }
      let shared = mine.filter { other.present[$0][0] }
      guard !shared.isEmpty else { return nil }
      let sum = shared.reduce(0.0) { sum, m in
        let means = zip(me.mu[m].row(0), other.mu[m].row(0))
          .reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        let spreads = zip(me.sigma[m].row(0), other.sigma[m].row(0))
          .reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        return sum + means + (withSpreads ? spreads : 0)
      }
      return (index, (sum * Double(mine.count) / Double(shared.count)).squareRoot())
    }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
    #expect(found.compared == all.count)
    #expect(found.neighbours.map(\.index) == all.prefix(7).map(\.index))
    for (a, b) in zip(found.neighbours, all) { #expect(abs(a.distance - b.distance) < 1e-4) }
    for neighbour in found.neighbours {
      let parts = neighbour.parts.compactMap { $0 }
      let sum =
        parts.reduce(0) { $0 + $1 * $1 } * Double(modalities.count { me.present[$0][0] })
        / Double(parts.count)
      #expect(abs(sum.squareRoot() - neighbour.distance) < 1e-9)
    }
  }

  @Test func aTrainingSampleIsNearestToItself() throws {
    let data = try Toy.data(count: 120)
    let index = try #require(data.indices(of: .train).last)
    let found = try NearestSamples(
      to: try data.tables([index]), in: data, split: .train, count: 500,
      by: .init(modalities: [0, 1, 2]), model: Self.model(data))
    #expect(found.neighbours.first?.index == index)
    #expect((found.neighbours.first?.distance ?? 1) < 1e-5)
    #expect(found.neighbours.count == data.indices(of: .train).count)
    let distances = found.neighbours.map(\.distance)
    #expect(distances == distances.sorted())
  }

  /// More samples than one batch of rows.
  @Test func manySamplesAreGoneThroughInParts() throws {
    let data = try Toy.data(count: 4000)
    let found = try NearestSamples(
      to: try data.tables([9]), in: data, split: .train, count: 3,
      by: .init(modalities: [0, 1, 2]), model: Self.model(data))
    #expect(found.compared == data.indices(of: .train).count && found.compared > 2048)
    #expect(found.neighbours.count == 3)
  }

  @Test func itCanBeStopped() throws {
    let data = try Toy.data()
    #expect(throws: FusionError.self) {
      try NearestSamples(
        to: try data.tables([0]), in: data, split: .train, count: 3, by: .init(modalities: [0]),
        model: Self.model(data), monitor: WorkMonitor(shouldStop: { true }))
    }
  }

  @Test func rulesCanBeSwapped() throws {
    let data = try Toy.data()
    let model = Self.model(data)
    let uniform = try EAUModel(model, under: .uniform)
    let row = try data.tables([1])
    let (mine, other) = (Inference(model).predict(row), Inference(uniform).predict(row))
    #expect(mine.sigma == other.sigma && mine.mu == other.mu)
    #expect(abs(other.meanAlpha(0)[0] - 1.0 / 3) < 1e-6 && mine.meanAlpha(0) != other.meanAlpha(0))
    #expect(model.architecture.rule == .perDimension)
    #expect(throws: FusionError.self) { try EAUModel(model, under: .varianceSwap) }
    #expect(throws: FusionError.self) { try EAUModel(model, under: .consensus) }
  }
}
