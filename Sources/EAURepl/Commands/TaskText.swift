import ModalityKit

extension Dataset.Task {
  /// `10 classes`, `the number size`.
  var text: String {
    switch self {
    case .classification(let classes): "\(classes.count) classes"
    case .regression(let target): "the number \(target)"
    }
  }

  /// `classes` or `target`, as results name what a data set or a model is about.
  var json: (String, JSONValue) {
    switch self {
    case .classification(let classes): ("classes", JSONValue(classes))
    case .regression(let target): ("target", .string(target))
    }
  }

  /// Refuses what only makes sense with classes.
  func requireClasses(_ what: String) throws {
    guard case .regression(let target) = self else { return }
    throw CommandError(
      "needs-classes", "\(what) needs classes, this data set has the number \(target)",
      hint: "open a data set with classes, for example `open demo`")
  }
}
