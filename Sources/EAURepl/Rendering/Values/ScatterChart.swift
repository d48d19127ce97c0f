/// Points of several groups in a plane, with the 1-sigma ellipses of Gaussians.
struct ScatterChart: Equatable, Sendable {
  struct Point: Equatable, Sendable {
    var x: Double
    var y: Double
  }

  struct Group: Equatable, Sendable {
    var name: String
    var points: [Point]
  }

  /// In the units of the axes.
  struct Ellipse: Equatable, Sendable {
    var centre: Point
    /// Half-axes.
    var major: Double
    var minor: Double
    /// Of the longer one to the x axis, anticlockwise, in radians.
    var angle: Double
  }

  /// A Gaussian that stands out, with its name beside it.
  struct Spot: Equatable, Sendable {
    var name: String
    var ellipse: Ellipse
    /// Drawn dashed: what was, not what is.
    var isPast = false
  }

  struct GroupEllipse: Equatable, Sendable {
    /// Which group's colour it has.
    var group: Int
    var ellipse: Ellipse
    /// Of a single sample, not of the group's mean: drawn thin.
    var isSingle: Bool
  }

  var title = ""
  var xLabel = ""
  var yLabel = ""
  var groups: [Group] = []
  var ellipses: [GroupEllipse] = []
  /// In the order of time: an arrow leads from each to the next.
  var spots: [Spot] = []
  /// In text lines, without the axis; less where the points lie flat.
  var height = 22
}
