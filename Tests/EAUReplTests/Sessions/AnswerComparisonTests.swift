import Testing

@testable import EAURepl

/// What counts as the same answer.
@Suite("comparison of answers")
struct AnswerComparisonTests {
  private let comparison = AnswerComparison(tolerance: 0.1)

  private func fits(_ recorded: [String], _ found: [String]) -> Bool {
    comparison.difference(recorded, found) == nil
  }

  @Test func anEllipsisStandsForAnyLines() {
    #expect(fits(["a", "…", "c 1.0"], ["a", "x", "y", "c 1.05", ""]))
    #expect(fits(["a", "…", "c"], ["a", "c"]))
    #expect(fits(["a", "…"], ["a", "b", "c"]))
    #expect(!fits(["a", "…", "c 1.0"], ["a", "x", "c 1.5"]))
    #expect(!fits(["a"], ["b"]))
    #expect(!fits(["a"], ["a", "b"]))
    #expect(!fits(["a", "b"], ["a"]))
  }

  @Test func numbersAgreeWithinTheToleranceAndWordsExactly() {
    #expect(fits(["alpha 0.50, sigma 100"], ["alpha 0.55, sigma 109"]))
    #expect(!fits(["alpha 0.50, sigma 100"], ["alpha 0.50, sigma 112"]))
    #expect(fits(["L −1.478 −2e-3,"], ["L −1.477 −1e-3,"]))
    #expect(!fits(["L −1.478"], ["L −1.9"]))
    #expect(fits(["0.45 − (−0.9015) = ((2)"], ["0.46 − (−0.8991) = ((2.1)"]))
    #expect(!fits(["0.45 − (−0.9015)"], ["0.45 − (0.9015)"]))
    #expect(!fits(["(0.45"], ["((0.45"]))
    #expect(!fits(["L −1.478"], ["L 1.478"]))
    #expect(!fits(["alpha 0.50"], ["alpha 0.50,"]))
    #expect(!fits(["alpha 0.5"], ["alfa 0.5"]))
    #expect(AnswerComparison(tolerance: 0).difference(["1.0"], ["1.00"]) == nil)
    #expect(AnswerComparison(tolerance: 0).difference(["1.0"], ["1.01"]) != nil)
  }

  @Test func durationsAndDrawingsAreNotCompared() {
    #expect(fits(["60 epochs in 3.1 s"], ["60 epochs in 91.4 s"]))
    #expect(!fits(["60 epochs in 3.1 s"], ["70 epochs in 3.1 s"]))
    #expect(fits(["image ▕███   ▏ 0.50"], ["image ▕██▌   ▏ 0.51"]))
    #expect(!fits(["image ▕███   ▏ 0.50"], ["image ▕███   ▏ 0.80"]))
    #expect(fits(["⣀⣤ 0.5"], ["⡀⣤⣀ 0.5"]))
    #expect(fits(["│  ▃ █ ▁▄▔ 0.5"], ["│  ▃ ▆   ▄▀ 0.5"]))
    #expect(fits(["════", "─── ──"], ["═════", "──── ──"]))
    #expect(!fits(["════"], ["────"]))
  }

  @Test func theDifferenceIsTheFirstLineThatDoesNotFit() {
    let difference = comparison.difference(["same", "a 1", "b"], ["same", "a 2", "b"])
    #expect(difference == .init("a 1", "a 2"))
    #expect(comparison.difference(["same", "more"], ["same"]) == .init("more", ""))
  }
}
