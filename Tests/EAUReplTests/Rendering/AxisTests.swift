import Testing

@testable import EAURepl

@Suite("axes")
struct AxisTests {
  @Test func ticksStandAtRoundNumbers() {
    #expect(Axis(0, 1, wanted: 5).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Axis(0, 10, wanted: 10).labels == (0...10).map { "\($0)" })
    #expect(Axis(-0.37, 1.62).ticks == [-0.5, 0, 0.5, 1, 1.5, 2])
    #expect(Axis(0.013, 0.048, wanted: 4).labels == ["0.01", "0.02", "0.03", "0.04", "0.05"])
    // Ends that are not moved have no ticks beyond them.
    #expect(Axis(0.3, 2.7, wanted: 3, rounded: false).ticks == [1, 2])
    #expect(Axis(0, 1, wanted: 0).ticks.isEmpty)
  }

  @Test func decadesOnALogarithmicAxis() {
    let axis = Axis(0.02, 700, scale: .logarithmic)
    #expect(axis.labels == ["0.01", "0.1", "1", "10", "100", "1000"])
    #expect(axis.share(0.01) == 0 && axis.share(1000) == 1)
    #expect(abs((axis.share(3.1622776601683795) ?? 0) - 0.5) < 1e-12)
    #expect(axis.share(0) == nil && axis.share(-1) == nil)
    // Few decades have ticks between.
    #expect(Axis(2, 40, scale: .logarithmic).labels == ["1", "2", "5", "10", "20", "50", "100"])
  }

  @Test func sharesStayOnTheAxis() {
    let axis = Axis(0, 2)
    #expect(axis.share(1) == 0.5)
    #expect(axis.share(9) == 1 && axis.share(-9) == 0)
    #expect(axis.share(.nan) == nil && axis.share(.infinity) == nil)
  }

  @Test(arguments: [(0.0, 0.0), (5, 5), (-1e308, 1e308), (1e-300, 2e-300), (3, 3.000001)])
  func oddRangesHaveSomeTicks(_ low: Double, _ high: Double) {
    for isRounded in [true, false] {
      let axis = Axis(low, high, rounded: isRounded)
      #expect(axis.low < axis.high)
      #expect((0...1002).contains(axis.ticks.count))
      #expect(axis.ticks.allSatisfy { $0.isFinite || high > 1e300 })
      #expect(axis.labels.count == axis.ticks.count)
    }
  }

  @Test func textIsCutToItsRoom() {
    let text = "a name that goes on and on"
    let cut = TextMeasure.fitted(text, to: 60, size: 12)
    #expect(cut.hasSuffix("…") && TextMeasure.width(cut, size: 12) <= 60)
    #expect(TextMeasure.fitted("short", to: 60, size: 12) == "short")
    let lines = TextMeasure.wrapped(text, to: 60, size: 12)
    #expect(lines.count > 1 && lines.joined(separator: " ") == text)
  }
}
