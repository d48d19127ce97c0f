@testable import EAURepl

/// One of each chart that `plot` draws, small enough to check by eye.
enum PlotBlocks {
  static let densities: CurveChart = {
    let x = (0...80).map { Double($0) / 10 - 4 }
    let (before, now) = (
      DensityCurves.Normal(mu: 0, sigma: 0.6), DensityCurves.Normal(mu: 1, sigma: 1.2)
    )
    var chart = CurveChart(
      title: "N(mu, sigma²)", xLabel: "value", yLabel: "density", x: x,
      series: [
        .init("before", x.map(before.density), kin: 0, isDashed: true),
        .init("now", x.map(now.density), kin: 0),
      ], range: 0...0.7, height: 8)
    chart.signs = .spread
    return chart
  }()

  static let losses: CurveChart = {
    var chart = CurveChart(
      title: "losses", xLabel: "epoch", yLabel: "nats", x: [1, 2, 3, 4],
      series: [.init("task", [100, 10, 1, 0.1]), .init("pair", [0.5, 0, 0.02, 0.01])], height: 7)
    chart.scale = .logarithmic
    return chart
  }()

  static let scatter = ScatterChart(
    title: "image", xLabel: "first", yLabel: "second",
    groups: [
      .init(name: "bell", points: [.init(x: -2, y: 0), .init(x: -1.5, y: 0.4)]),
      .init(name: "bird & <b>", points: [.init(x: 2, y: 0.5), .init(x: 2.4, y: -0.3)]),
      .init(name: "nobody", points: []),
    ],
    ellipses: [
      .init(
        group: 0,
        ellipse: .init(centre: .init(x: -1.8, y: 0.2), major: 0.9, minor: 0.4, angle: 0.5),
        isSingle: false),
      .init(
        group: 1, ellipse: .init(centre: .init(x: 2, y: 0.5), major: 0.5, minor: 0.5, angle: 0),
        isSingle: true),
    ],
    spots: [
      .init(
        name: "before",
        ellipse: .init(centre: .init(x: -1.5, y: -0.6), major: 0.4, minor: 0.2, angle: 0),
        isPast: true),
      .init(
        name: "now", ellipse: .init(centre: .init(x: 0.6, y: -0.2), major: 1, minor: 0.7, angle: 1)),
    ], height: 14)

  static let matrix = MatrixChart(
    rowTitle: "true", columnTitle: "predicted", names: ["bell", "a name that goes on", "cat"],
    counts: [[12, 0, 1], [3, 104, 0], [0, 0, 0]])

  static let reliability = ReliabilityChart(
    bins: (0..<5).map { bin in
      let low = Double(bin) / 5
      return .init(
        low: low, high: low + 0.2, count: bin, accuracy: bin == 0 ? nil : low,
        confidence: bin == 0 ? nil : low + 0.15)
    }, height: 6)

  static let all: [Block] = [
    .curves(densities), .curves(losses), .scatter(scatter), .matrix(matrix),
    .reliability(reliability),
  ]
}
