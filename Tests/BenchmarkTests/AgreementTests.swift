import Foundation
import Testing

@testable import eau_bench

/// What `make bench` times is the work of the PyTorch peer: the fixture holds the peer's numbers.
@Suite struct AgreementTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/training")

  private let material: FusionMaterial
  private let expected: [String: [Double]]

  init() throws {
    material = try FusionMaterial(Self.folder.path)
    expected = try JSONDecoder().decode(
      [String: [Double]].self, from: Data(contentsOf: Self.folder.appending(path: "losses.json")))
  }

  @Test(arguments: ["eager", "fast", "sparse"])
  func fourStepsHaveThePeersLosses(mode: String) throws {
    let work = TrainingWork(material, batch: 4, sparseText: mode == "sparse", threads: 1)
    // What was trained before does not matter.
    work.step()
    #expect(deviation(work.check(), try #require(expected[mode])) < 1e-5)
  }

  @Test(arguments: [false, true])
  func inferenceSaysWhatThePeerSays(sparseText: Bool) throws {
    let work = InferenceWork(material, batch: 4, sparseText: sparseText)
    work.encodeAndFuse()
    #expect(deviation(work.checkFusion(), try #require(expected["fused"])) < 1e-5)
    #expect(deviation(work.checkPrediction(), try #require(expected["probabilities"])) < 1e-5)
  }

  private func deviation(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
  }
}
