import Fusion

/// One modality's Gaussians of a split, projected on their principal plane.
struct LatentChart {
  private let plane: PrincipalPlane
  private let grouping: LatentGroups
  /// Rows of the split that have the modality.
  private let rows: [Int]
  private let points: [ScatterChart.Point]
  private let ids: [String]
  private let ellipses: [ScatterChart.GroupEllipse]
  /// Whose 1-sigma ellipse is drawn: the first of some groups.
  private let singles: [Int]

  /// As many single samples get an ellipse.
  private static let mostSingles = 4

  /// nil without two samples in two dimensions.
  init?(_ answers: SplitPrediction, modality: Int, _ grouping: LatentGroups, ids: [String]) {
    let (mu, sigma) = (answers.prediction.mu[modality], answers.prediction.sigma[modality])
    let rows = answers.prediction.present[modality].indices.filter {
      answers.prediction.present[modality][$0]
    }
    let points = rows.map { mu.row($0).map(Double.init) }
    guard points.count > 1, let plane = PrincipalPlane(points) else { return nil }
    let variances = rows.map { sigma.row($0).map { Double($0) * Double($0) } }
    let groups = grouping.names.indices.map { group in
      rows.indices.filter { grouping.members[rows[$0]] == group }
    }
    singles = Array(groups.compactMap(\.first).prefix(Self.mostSingles))
    let means = groups.enumerated().compactMap { group, members -> ScatterChart.GroupEllipse? in
      guard !members.isEmpty else { return nil }
      let ellipse = Self.ellipse(
        Self.mean(members.map { points[$0] }), Self.mean(members.map { variances[$0] }), plane)
      return .init(group: group, ellipse: ellipse, isSingle: false)
    }
    ellipses =
      means
      + singles.map { row in
        .init(
          group: grouping.members[rows[row]],
          ellipse: Self.ellipse(points[row], variances[row], plane), isSingle: true)
      }
    self.plane = plane
    self.grouping = grouping
    self.rows = rows
    self.points = points.map { Self.place($0, plane) }
    self.ids = rows.map { ids[$0] }
  }

  /// The current sample where it was before it was spoiled, and where it is now.
  func spots(_ modality: SampleReading.Modality?) -> [ScatterChart.Spot] {
    guard let modality, modality.isPresent else { return [] }
    func spot(_ name: String, _ mu: [Float], _ sigma: [Float], isPast: Bool) -> ScatterChart.Spot {
      .init(
        name: name,
        ellipse: Self.ellipse(
          mu.map(Double.init), sigma.map { Double($0) * Double($0) }, plane), isPast: isPast)
    }
    let now = spot("current sample", modality.mu, modality.sigma, isPast: false)
    guard modality.isSpoiled, let clean = modality.clean else { return [now] }
    return [spot("before", clean.mu, clean.sigma, isPast: true), now]
  }

  func chart(_ name: String, _ spots: [ScatterChart.Spot]) -> ScatterChart {
    let percent = plane.explained.map { NumberText.fixed(100 * $0, 1) }
    return ScatterChart(
      title: name,
      xLabel: "first principal component of mu, \(percent[0]) % of its variance",
      yLabel: "second, \(percent[1]) %",
      groups: grouping.names.enumerated().map { group, name in
        .init(
          name: name,
          points: points.indices.filter { grouping.members[rows[$0]] == group }.map { points[$0] })
      }, ellipses: ellipses, spots: spots)
  }

  func json(_ name: String, _ spots: [ScatterChart.Spot]) -> JSONValue {
    let (means, singles) = (ellipses.filter { !$0.isSingle }, ellipses.filter(\.isSingle))
    return .object([
      ("name", .string(name)), ("explained", JSONValue(plane.explained)),
      (
        "points",
        .array(
          points.indices.map { row in
            .object([
              ("id", .string(ids[row])), ("group", .integer(grouping.members[rows[row]])),
              ("x", .number(points[row].x)), ("y", .number(points[row].y)),
            ])
          })
      ),
      (
        "means",
        .array(means.map { .object([("group", .integer($0.group))] + Self.json($0.ellipse)) })
      ),
      (
        "samples",
        .array(
          zip(self.singles, singles).map { row, single in
            .object([("id", .string(ids[row]))] + Self.json(single.ellipse))
          })
      ),
      (
        "current",
        .array(
          spots.map { .object([("before", .bool($0.isPast))] + Self.json($0.ellipse)) })
      ),
    ])
  }

  private static func json(_ ellipse: ScatterChart.Ellipse) -> [(String, JSONValue)] {
    [
      ("x", .number(ellipse.centre.x)), ("y", .number(ellipse.centre.y)),
      ("major", .number(ellipse.major)), ("minor", .number(ellipse.minor)),
      ("angle", .number(ellipse.angle)),
    ]
  }

  private static func place(_ mu: [Double], _ plane: PrincipalPlane) -> ScatterChart.Point {
    let place = plane.project(mu)
    return ScatterChart.Point(x: place.x, y: place.y)
  }

  private static func ellipse(
    _ mu: [Double], _ variance: [Double], _ plane: PrincipalPlane
  ) -> ScatterChart.Ellipse {
    let ellipse = plane.project(variance: variance).ellipse
    return .init(
      centre: place(mu, plane), major: ellipse.major, minor: ellipse.minor, angle: ellipse.angle)
  }

  private static func mean(_ rows: [[Double]]) -> [Double] {
    (rows.first ?? []).indices.map { d in
      rows.reduce(0.0) { $0 + $1[d] } / Double(rows.count)
    }
  }
}
