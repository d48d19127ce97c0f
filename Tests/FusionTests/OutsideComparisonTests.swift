import Foundation
import ModalityKit
import Testing

@testable import Fusion

/// sigma of inputs from elsewhere beside that of the data's own samples.
@Suite struct OutsideComparisonTests {
  /// Of 20 × 2 pairs, 0.9 wins 19 and 2 wins 20; half a win for no tie.
  @Test func sharesAndAreaByHand() {
    let inside = (0..<20).map { 0.05 * Double($0) }
    let comparison = OutsideComparison(modality: "m", inside: inside, outside: [0.92, 2])
    #expect(abs(comparison.shareBelow(0.92) - 0.95) < 1e-12)
    #expect(comparison.shareBelow(-1) == 0 && comparison.shareBelow(2) == 1)
    #expect(comparison.shareAboveMost == 1)
    #expect(abs((comparison.areaUnderROC ?? 0) - 39.0 / 40) < 1e-12)
    let low = OutsideComparison(modality: "m", inside: inside, outside: [0.5, 0.93])
    #expect(low.shareAboveMost == 0.5)
    #expect(OutsideComparison(modality: "m", inside: inside, outside: []).areaUnderROC == nil)
  }

  /// Rows like no training row, of a size each number alone could have.
  @Test func farInputsStandOut() throws {
    let data = try Toy.data()
    let model = try Trainer(try Toy.options(epochs: 10, [("novelty", "2")])).train(data).model
    let evaluator = Evaluator(model, on: data)
    let own = data.indices(of: .test).compactMap { data.dataset.samples[$0].inputs[1] }
    let same = try evaluator.compare(outside: own, modality: 1, split: .test)
    #expect(same.inside == same.outside && same.areaUnderROC == 0.5)
    #expect(same.modality == "view1")
    let far = (0..<20).map { RawInput.numbers([9, 9, -9, Double($0)]) }
    let found = try evaluator.compare(outside: far, modality: 1, split: .test)
    #expect(try #require(found.areaUnderROC) > 0.99)
    #expect(found.shareAboveMost > 0.9)
    #expect(found.inside == same.inside)
  }

  @Test func unreadableInputsAreErrors() throws {
    let data = try Toy.data()
    let model = try Trainer(try Toy.options(epochs: 1)).train(data).model
    #expect(throws: EncoderError.self) {
      _ = try Evaluator(model, on: data).compare(
        outside: [.numbers([1, 2, 3, 4]), .numbers([1])], modality: 0, split: .test)
    }
  }
}
