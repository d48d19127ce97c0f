import Testing

@testable import EAURepl

/// Facts of the drawings that can be counted by hand.
@Suite("drawing")
struct DrawingTests {
  /// The bar of `x ▕…▏ …`, in Unicode: 40 cells at width 80.
  private func bar(_ value: Double, before: Double? = nil) -> Substring {
    let text = drawn(.bars(BarChart(rows: [.init("x", value, before: before)])))
    return text.split(separator: "▕")[1].prefix { $0 != "▏" || text.isEmpty }
  }

  @Test func barsAreExactToAnEighthOfACell() {
    #expect(
      bar(0.5) == Substring(String(repeating: "█", count: 20) + String(repeating: " ", count: 20)))
    #expect(bar(1).filter { $0 == "█" }.count == 40)
    // 0.25 + 1/80 of 40 cells: ten and a half.
    #expect(bar(0.2625).prefix(12) == "██████████▌ ")
    #expect(bar(7).filter { $0 == "█" }.count == 40)
    #expect(bar(-1).allSatisfy { $0 == " " })
    #expect(bar(.nan).allSatisfy { $0 == " " })
  }

  @Test func barsShowWhatWasLostAndGained() {
    let lost = bar(0.25, before: 0.75)
    #expect(lost.filter { $0 == "█" }.count == 10)
    #expect(lost.filter { $0 == "░" }.count == 20)
    let gained = bar(0.75, before: 0.25)
    #expect(gained.filter { $0 == "█" }.count == 10)
    #expect(gained.filter { $0 == "▓" }.count == 20)
  }

  @Test func histogramCountsEverySampleOnce() {
    let chart = ColumnChart.histogram(of: [0, 1, 2, 3, 4, .nan, 4], bins: 4)
    #expect(chart.values == [1, 1, 1, 3])
    #expect(chart.axis == .bins(low: 0, high: 4))
    #expect(ColumnChart.histogram(of: [5, 5], bins: 3).values == [0, 2, 0])
    #expect(ColumnChart.histogram(of: [], bins: 3).values.isEmpty)
    let extreme = ColumnChart.histogram(of: [-1.7e308, 0.1, 1.7e308], bins: 2)
    #expect(extreme.values == [1, 2])
  }

  @Test func resamplingTakesMeansOfEvenGroups() {
    #expect(Resampling.groups(of: 7, into: 3) == [0..<2, 2..<4, 4..<7])
    #expect(Resampling.means(of: [1, 3, .nan, 5, .nan], into: 3) == [1, 3, 5])
    #expect(Resampling.means(of: [.nan, 2], into: 2) == [nil, 2])
    #expect(Resampling.means(of: [1.7e308, 1.7e308], into: 1) == [1.7e308])
  }

  @Test func picturesAreScaledByAreaMean() {
    // Two by two into one by one: (0 + 100 + 200 + 100) / 4.
    let rgb: [UInt8] = [0, 100, 200, 100].flatMap { [$0, $0, $0] }
    let picture = Picture(width: 2, height: 2, rgb: rgb, maximumColumns: 1)
    #expect(drawn(.picture(picture), colour: .trueColour) == "␛[38;2;100;100;100m▀␛[0m\n")
    // Three across into two: weights 1 and 1/2, so (2 * 30 + 60) / 3 and (60 + 2 * 90) / 3.
    let three = Picture(
      width: 3, height: 1, rgb: [30, 60, 90].flatMap { [UInt8]([$0, $0, $0]) }, maximumColumns: 2)
    #expect(
      drawn(.picture(three), colour: .trueColour)
        == "␛[38;2;40;40;40m▀␛[0m␛[38;2;80;80;80m▀␛[0m\n")
  }

  @Test func picturesThatLieAboutTheirSizeAreNotDrawn() {
    for picture in [
      Picture(width: 2, height: 2, rgb: [1, 2, 3]), Picture(width: 0, height: 0, rgb: []),
      Picture(width: -1, height: -1, rgb: [1, 2, 3]), Picture(width: .max, height: 3, rgb: []),
    ] {
      #expect(drawn(.picture(picture)) == "no picture\n")
    }
  }

  @Test func brailleDotsHaveTheirStandardPlaces() {
    var canvas = DotCanvas(columns: 1, rows: 1, unicode: true)
    for (x, y, sign) in [
      (0, 0, "⠁"), (0, 1, "⠃"), (0, 2, "⠇"), (1, 0, "⠏"), (1, 1, "⠟"), (1, 2, "⠿"), (0, 3, "⡿"),
      (1, 3, "⣿"),
    ] {
      canvas.set(x, y, owner: 0)
      #expect(canvas.glyph(row: 0, column: 0) == sign)
    }
    canvas.set(2, 0, owner: 0)
    canvas.set(0, -1, owner: 0)
    #expect(canvas.owner(row: 0, column: 0) == 0)
  }

  @Test func coloursFindTheirNeighboursInTheTableOf256() {
    #expect(Colour(0, 0, 0).indexed == 16)
    #expect(Colour(255, 255, 255).indexed == 231)
    #expect(Colour(255, 0, 0).indexed == 196)
    #expect(Colour(128, 128, 128).indexed == 244)
    #expect(Colour(95, 135, 175).indexed == 67)
  }

  @Test func heatGrowsLighter() {
    let lightness = stride(from: 0.0, through: 1, by: 0.05).map { share in
      let colour = Colour.heat(share)
      return 0.2126 * Double(colour.red) + 0.7152 * Double(colour.green)
        + 0.0722 * Double(colour.blue)
    }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy(<))
  }

  @Test func numbersForPeople() {
    #expect(NumberText.fixed(-0.001, 2) == "0.00")
    #expect(NumberText.fixed(-0.006, 2) == "-0.01")
    #expect(NumberText.fixed(.nan, 2) == "n/a")
    #expect(NumberText.short(0.25) == "0.25")
    #expect(NumberText.short(1234.56) == "1235")
    #expect(NumberText.short(25_000_000) == "2.5e+07")
    #expect(NumberText.short(-3) == "-3")
    #expect(NumberText.short(0.123456) == "0.123")
  }

  @Test func typographyHasAnASCIISpelling() {
    #expect(asciiTypography("α → σ² ± 3 × … é") == "alpha -> sigma^2 +/- 3 x ... é")
  }
}
