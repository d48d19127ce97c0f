import Autograd

/// The function a logistic regression minimises, of a point that holds W row by row and then b.
struct LogisticProblem {
  let design: DesignMatrix
  let labels: [Int]
  let classes: Int
  /// 1/C
  let penalty: Double

  /// The numbers in a point.
  var count: Int { (design.columns + 1) * classes }

  /// Σ cross entropy + penalty/2 · ‖W‖², and its gradient.
  func value(_ point: [Double], _ gradient: inout [Double]) -> Double {
    var residual = Self.logits(design, point, classes: classes)
    var value = 0.0
    var probabilities = [Double](repeating: 0, count: classes)
    for row in 0..<design.rows {
      let start = row * classes
      let label = labels[row]
      residual.withUnsafeMutableBufferPointer { logits in
        probabilities.withUnsafeMutableBufferPointer { shares in
          guard let from = logits.baseAddress, let to = shares.baseAddress else { return }
          value += softmax(from + start, into: to, count: classes) - from[start + label]
          (from + start).update(from: to, count: classes)
          from[start + label] -= 1
        }
      }
    }
    let split = design.columns * classes
    for i in 0..<split {
      value += 0.5 * penalty * point[i] * point[i]
      gradient[i] = penalty * point[i]
    }
    for c in 0..<classes { gradient[split + c] = 0 }
    for row in 0..<design.rows {
      for c in 0..<classes { gradient[split + c] += residual[row * classes + c] }
    }
    residual.withUnsafeBufferPointer { residual in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let from = residual.baseAddress, let to = gradient.baseAddress else { return }
        design.multiplyTransposed(from, outputs: classes, addingTo: to)
      }
    }
    return value
  }

  /// X W + b, row-major.
  static func logits(_ design: DesignMatrix, _ point: [Double], classes: Int) -> [Double] {
    var logits: [Double] = []
    logits.reserveCapacity(design.rows * classes)
    for _ in 0..<design.rows { logits += point[(design.columns * classes)...] }
    point.withUnsafeBufferPointer { weights in
      logits.withUnsafeMutableBufferPointer { logits in
        guard let from = weights.baseAddress, let to = logits.baseAddress else { return }
        design.multiply(from, outputs: classes, addingTo: to)
      }
    }
    return logits
  }
}
