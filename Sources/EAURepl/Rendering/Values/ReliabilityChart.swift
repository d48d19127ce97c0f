/// How often predictions of each confidence are right, against what their confidence promises.
struct ReliabilityChart: Equatable, Sendable {
  struct Bin: Equatable, Sendable {
    var low: Double
    var high: Double
    var count: Int
    /// 0...1; nil for an empty bin, as is `confidence`.
    var accuracy: Double?
    /// The mean of the bin's predictions.
    var confidence: Double?
  }

  var title = ""
  /// Of equal width, ascending, together 0...1.
  var bins: [Bin]
  /// In text lines, without the axis.
  var height = 10
}
