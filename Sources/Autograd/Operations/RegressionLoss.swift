/// Numbers to be predicted, K a row: a leaf of a tape, rewritten before a replay.
public final class Targets<Scalar: Real> {
  /// [B, K], row-major. What a row holds that is not `present` does not matter.
  public var values: [Scalar]
  /// B flags: rows without a target are left out of the mean. A flag, and no NaN as a sign, so that
  /// no NaN ever comes near the arithmetic.
  public var present: [Bool]

  /// All rows present.
  public init(_ values: [Scalar], rows: Int) {
    self.values = values
    present = Array(repeating: true, count: rows)
  }
}

/// How far a predicted number is from its target: a row's loss over its K outputs.
public enum RegressionError: Sendable, CaseIterable {
  /// Mean over K of |y − t|; the derivative at y = t is 0, as PyTorch has it.
  case absolute
  /// Mean over K of (y − t)².
  case squared
  /// ½ Σ over K of (y − t)²: minus the log likelihood of N(y, I) but for a constant.
  case halfSquared

  /// Of one difference y − t; `columns` is K.
  @usableFromInline
  func loss<Scalar: Real>(_ difference: Scalar, columns: Int) -> Scalar {
    switch self {
    case .absolute: abs(difference) / Scalar(columns)
    case .squared: difference * difference / Scalar(columns)
    case .halfSquared: difference * difference / 2
    }
  }

  /// d(loss)/d(difference).
  @usableFromInline
  func derivative<Scalar: Real>(_ difference: Scalar, columns: Int) -> Scalar {
    switch self {
    case .absolute: (difference > 0 ? 1 : difference < 0 ? -1 : 0) / Scalar(columns)
    case .squared: 2 * difference / Scalar(columns)
    case .halfSquared: difference
    }
  }
}

extension Tape {
  /// Mean over the rows that have a target of the row's error; outputs [S·B, K].
  ///
  /// With S > 1 stochastic passes the outputs are stacked pass after pass and row r has the target
  /// of sample r mod B. 0 when no row has a target.
  public func regressionLoss(
    _ outputs: Variable<Scalar>, _ targets: Targets<Scalar>, _ error: RegressionError
  ) -> Variable<Scalar> {
    let columns = outputs.columns
    precondition(targets.values.count == targets.present.count * columns, "target shape")
    func sample(_ row: Int) -> Int { row % targets.present.count }
    func difference(_ row: Int, _ k: Int) -> Scalar {
      outputs.value[row * columns + k] - targets.values[sample(row) * columns + k]
    }
    return record(
      MeanLoss(rows: outputs.rows) { rows, losses in
        for row in rows {
          losses[row] =
            targets.present[sample(row)]
            ? Double(
              (0..<columns).reduce(0) { $0 + error.loss(difference(row, $1), columns: columns) })
            : 0
        }
      } count: {
        (0..<outputs.rows).count { targets.present[sample($0)] }
      } adjoint: { rows, scale in
        guard let gradient = outputs.gradient else { return }
        for row in rows where targets.present[sample(row)] {
          for k in 0..<columns {
            gradient[row * columns + k] +=
              scale * error.derivative(difference(row, k), columns: columns)
          }
        }
      })
  }
}
