import SeededRandom
import Testing

@testable import EAURepl

@Suite("suggestions")
struct SuggestionTests {
  @Test(
    arguments: [
      ("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3), ("abcd", "acbd", 1),
      ("ca", "abc", 3), ("train", "trian", 1), ("é", "e\u{301}", 2), ("same", "same", 0),
    ])
  func knownDistances(_ first: String, _ second: String, _ distance: Int) {
    #expect(editDistance(first, second) == distance)
  }

  @Test func distanceIsSymmetricAndBounded() {
    var random = SeededGenerator(seed: 31)
    func word() -> String {
      String((0..<random.index(below: 9)).map { _ in ["a", "b", "c"][random.index(below: 3)] })
    }
    for _ in 0..<500 {
      let (first, second) = (word(), word())
      let distance = editDistance(first, second)
      #expect(distance == editDistance(second, first))
      #expect(distance >= abs(first.count - second.count))
      #expect(distance <= max(first.count, second.count))
      #expect((distance == 0) == (first == second))
    }
  }

  private let commands = [
    "open", "train", "inspect", "weights", "sweep", "save", "sample", "samples",
  ]

  @Test func meansTheNearestWord() {
    #expect(didYouMean("trian", among: commands) == "train")
    #expect(didYouMean("TRAIN", among: commands) == "train")
    #expect(didYouMean("opne", among: commands) == "open")
    #expect(didYouMean("weigth", among: commands) == "weights")
    #expect(didYouMean("insp", among: commands) == "inspect")
    #expect(didYouMean("sampel", among: commands) == "sample")
  }

  @Test func staysSilentWhenNothingIsNear() {
    #expect(didYouMean("zzzz", among: commands) == nil)
    #expect(didYouMean("", among: commands) == nil)
    #expect(didYouMean("s", among: commands) == nil)
    #expect(didYouMean(String(repeating: "x", count: 100_000), among: commands) == nil)
    #expect(didYouMean("train", among: []) == nil)
  }
}
