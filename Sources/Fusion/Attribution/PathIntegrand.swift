/// Something to be integrated along a path t = 0…1, together with quantities whose change along any
/// piece of the path is known exactly: they tell how good the quadrature of that piece is.
protocol PathIntegrand {
  /// What is known of the path at one place.
  associatedtype Node

  /// The known quantities.
  func quantities(at t: Double) -> [Double]
  func node(at t: Double) -> Node
  /// The quantities' derivatives by t.
  func derivatives(_ node: Node) -> [Double]
  /// Adds a node to the integrals.
  mutating func add(_ node: Node, weight: Double)
}

extension PathIntegrand {
  /// Integrates from 0 to 1: a panel whose quantities come out wrong is halved.
  ///
  /// - Parameters:
  ///   - kinks: where the integrand is not smooth, ascending.
  ///   - tolerance: for each panel and quantity, relative to the quantity where that is above 1.
  mutating func integrate(kinks: [Double] = [], tolerance: Double = 1e-13) {
    let rule = GaussLegendre(10)
    let edges = [0] + kinks.filter { $0 > 0 && $0 < 1 } + [1]
    var panels = zip(edges, edges.dropFirst()).map { Panel(start: $0, end: $1, depth: 0) }
    while let panel = panels.popLast() {
      let width = panel.end - panel.start
      guard width > 0 else { continue }
      let nodes = rule.points.map { node(at: panel.start + width * $0.position) }
      let (first, last) = (quantities(at: panel.start), quantities(at: panel.end))
      var errors = zip(last, first).map(-)
      for (point, node) in zip(rule.points, nodes) {
        for (i, slope) in derivatives(node).enumerated() {
          errors[i] -= width * point.weight * slope
        }
      }
      let isGood = errors.indices.allSatisfy {
        abs(errors[$0]) <= tolerance * max(1, abs(first[$0]), abs(last[$0]))
      }
      if isGood || panel.depth == Panel.deepest {
        for (point, node) in zip(rule.points, nodes) { add(node, weight: width * point.weight) }
      } else {
        let middle = panel.start + width / 2
        panels.append(Panel(start: panel.start, end: middle, depth: panel.depth + 1))
        panels.append(Panel(start: middle, end: panel.end, depth: panel.depth + 1))
      }
    }
  }
}

private struct Panel {
  let start: Double
  let end: Double
  let depth: Int

  /// 2⁻⁴⁸ of the path: below, rounding is all that is left to resolve.
  static let deepest = 48
}
