import Foundation

/// Chosen dimensions of a modality's Gaussian, and the curves of their densities.
struct DensityCurves {
  struct Dimension: Equatable {
    let index: Int
    /// Why it is shown; empty when it was asked for.
    let reason: String
    let now: Normal
    /// Before corruption; nil when the sample is as it was.
    let before: Normal?
  }

  struct Normal: Equatable {
    let mu: Double
    let sigma: Double

    /// exp(−(x − mu)² / 2 sigma²) / (sigma √2π)
    func density(_ x: Double) -> Double {
      let z = (x - mu) / sigma
      return exp(-z * z / 2) / (sigma * (2 * Double.pi).squareRoot())
    }

    var text: String { "N(\(NumberText.short(mu)), \(NumberText.short(sigma))²)" }

    /// How far two are apart: the Wasserstein distance √(Δmu² + Δsigma²).
    func distance(_ other: Normal) -> Double {
      let (m, s) = (mu - other.mu, sigma - other.sigma)
      return (m * m + s * s).squareRoot()
    }
  }

  let dimensions: [Dimension]

  /// - Parameter wanted: dimensions in the modality's range; nil for the most and the least certain
  ///   and, after a corruption, the two that moved most.
  init(_ modality: SampleReading.Modality, wanted: [Int]?) {
    let now = zip(modality.mu, modality.sigma).map { Normal(mu: Double($0), sigma: Double($1)) }
    let clean = modality.isSpoiled ? modality.clean : nil
    let before = clean.map {
      zip($0.mu, $0.sigma).map { Normal(mu: Double($0), sigma: Double($1)) }
    }
    var chosen: [(index: Int, reason: String)] = []
    func choose(_ index: Int?, _ reason: String) {
      guard let index else { return }
      if let place = chosen.firstIndex(where: { $0.index == index }) {
        chosen[place].reason += ", \(reason)"
      } else {
        chosen.append((index, reason))
      }
    }
    if let wanted {
      for index in wanted { choose(index, "") }
    } else {
      choose(now.indices.min { now[$0].sigma < now[$1].sigma }, "most certain")
      choose(now.indices.max { now[$0].sigma < now[$1].sigma }, "least certain")
      if let before {
        let moved = now.indices.map { now[$0].distance(before[$0]) }
        let order = moved.indices.sorted { (-moved[$0], $0) < (-moved[$1], $1) }
        for index in order.prefix(2) { choose(index, "moved most") }
      }
    }
    dimensions = chosen.map {
      Dimension(index: $0.index, reason: $0.reason, now: now[$0.index], before: before?[$0.index])
    }
  }

  /// Evenly over all that is to be seen, and closer around each peak.
  var x: [Double] {
    let all = dimensions.flatMap { [$0.now, $0.before].compactMap { $0 } }
      .filter { $0.mu.isFinite && $0.sigma.isFinite && $0.sigma > 0 }
    guard let low = all.map({ $0.mu - 3.5 * $0.sigma }).min(),
      let high = all.map({ $0.mu + 3.5 * $0.sigma }).max()
    else { return [] }
    let even = (0...120).map { low + (high - low) * Double($0) / 120 }
    let close = all.flatMap { normal in (-14...14).map { normal.mu + normal.sigma * Double($0) / 4 }
    }
    return Set(even + close).sorted()
  }

  func chart(_ title: String) -> CurveChart {
    let x = x
    var chart = CurveChart(
      title: title, xLabel: "value of the dimension", yLabel: "density", x: x,
      series: dimensions.enumerated().flatMap { place, dimension -> [CurveChart.Series] in
        let name =
          "dimension \(dimension.index)"
          + (dimension.reason.isEmpty ? "" : " (\(dimension.reason))")
        let now = CurveChart.Series(
          "\(name): \(dimension.now.text)", x.map(dimension.now.density), kin: place)
        guard let before = dimension.before else { return [now] }
        let past = CurveChart.Series(
          "\(dimension.index) before: \(before.text)", x.map(before.density), kin: place,
          isDashed: true)
        return [past, now]
      })
    chart.signs = .spread
    let highest = chart.series.flatMap(\.values).filter(\.isFinite).max() ?? 0
    chart.range = 0...max(highest, .leastNormalMagnitude)
    return chart
  }

  var json: [(String, JSONValue)] {
    let x = x
    return [
      ("x", JSONValue(x)),
      (
        "shown",
        .array(
          dimensions.map { dimension in
            .object([
              ("dimension", .integer(dimension.index)), ("reason", .string(dimension.reason)),
              ("now", Self.json(dimension.now, x)),
              ("before", dimension.before.map { Self.json($0, x) } ?? .null),
            ])
          })
      ),
    ]
  }

  private static func json(_ normal: Normal, _ x: [Double]) -> JSONValue {
    .object([
      ("mu", .number(normal.mu)), ("sigma", .number(normal.sigma)),
      ("density", JSONValue(x.map(normal.density))),
    ])
  }
}
