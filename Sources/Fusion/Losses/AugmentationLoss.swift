import Autograd

/// How L_URA, the uncertainty-based representation augmentation loss, counts its pairs.
///
/// Two samples z̃ (anchor) and z (augmented) are drawn from each row's own Gaussian;
/// S_ij = sim(z̃_i, z_j)/tau. Three forms are in use and all are offered.
public enum AugmentationForm: String, Sendable, CaseIterable, Codable {
  /// The paper's text: −ln( e^{S_ii} / Σ_{j≠i}(e^{S_ii} + e^{S_ij}) ). The positive is counted B−1
  /// times, so the loss is at least ln(B−1) and undefined at B = 1.
  case literal
  /// −ln( e^{S_ii} / Σ_j e^{S_ij} )
  case infoNCE
  /// The authors' released code: denominator e^{S_ii} + 2 Σ_{j≠i} e^{S_ij}, averaged over rows and
  /// columns of S.
  case released

  /// The smallest batch for which the form is defined.
  public var minimumBatch: Int { self == .literal ? 2 : 1 }

  /// ln of how often the positive and each negative are counted in the denominator.
  func logCounts<Scalar: Real>(batch: Int) -> (positive: Scalar, negative: Scalar) {
    switch self {
    case .literal: (Scalar.log(Scalar(max(1, batch - 1))), 0)
    case .infoNCE: (0, 0)
    case .released: (0, Scalar.log(2))
    }
  }
}

public enum SimilarityMeasure: String, Sendable, CaseIterable, Codable {
  case cosine, dot
}

/// A batch too small for the chosen form of L_URA.
public struct BatchTooSmall: Error, Equatable {
  public let form: AugmentationForm
  public let batch: Int
}

extension Tape {
  /// L_URA of one modality, averaged over the batch. Result [1, 1].
  ///
  /// - Parameters:
  ///   - anchorNoise, augmentedNoise: [B, D] standard normal leaves.
  ///   - tau: temperature, > 0.
  ///   - presence: [B, 1] of 0 and 1: rows of a missing modality are neither anchors nor negatives.
  /// - Throws: `BatchTooSmall` for the literal form at B = 1.
  public func augmentationLoss(
    _ gaussian: Gaussian<Scalar>, anchorNoise: Variable<Scalar>, augmentedNoise: Variable<Scalar>,
    tau: Scalar, form: AugmentationForm, similarity: SimilarityMeasure = .cosine,
    presence: Variable<Scalar>? = nil
  ) throws(BatchTooSmall) -> Variable<Scalar> {
    guard gaussian.mu.rows >= form.minimumBatch else {
      throw BatchTooSmall(form: form, batch: gaussian.mu.rows)
    }
    var anchor = sample(gaussian, noise: anchorNoise)
    var augmented = sample(gaussian, noise: augmentedNoise)
    if similarity == .cosine {
      anchor = rowsNormalised(anchor)
      augmented = rowsNormalised(augmented)
    }
    return contrast(anchor, augmented, tau: tau, form: form, presence: presence)
  }

  /// −ln of the share of the diagonal in each row's counted sum of e^S, S = A Bᵀ/tau; for
  /// `released` the mean of that over S and its transpose.
  func contrast(
    _ anchor: Variable<Scalar>, _ augmented: Variable<Scalar>, tau: Scalar,
    form: AugmentationForm, presence: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    let first = lineContrast(anchor, augmented, tau: tau, form: form, presence: presence)
    guard form == .released else { return first }
    let second = lineContrast(augmented, anchor, tau: tau, form: form, presence: presence)
    return weightedSum([(0.5, first), (0.5, second)])
  }

  /// S, then its shares, are in one matrix: nothing else of the size B² is kept.
  private func lineContrast(
    _ anchor: Variable<Scalar>, _ augmented: Variable<Scalar>, tau: Scalar,
    form: AugmentationForm, presence: Variable<Scalar>?
  ) -> Variable<Scalar> {
    let (batch, columns) = (anchor.rows, anchor.columns)
    let shares = Variable<Scalar>(rows: batch, columns: batch, differentiable: false)
    let kernels = GaussianKernels<Scalar>.fastest
    func present() -> Int { (0..<batch).count { presence.isPresent($0) } }
    return record(
      MeanLoss(rows: batch, needsAllRows: true) { rows, losses in
        let here = present()
        let lines = shares.value + rows.lowerBound * batch
        // One row alone has no negatives in the literal form: it is left out.
        guard here >= form.minimumBatch else {
          lines.update(repeating: 0, count: rows.count * batch)
          for row in rows { losses[row] = 0 }
          return
        }
        Scalar.multiply(
          anchor.value + rows.lowerBound * columns, transposed: false, augmented.value,
          transposed: true, into: lines, m: rows.count, n: batch, k: columns, scale: 1 / tau,
          keep: 0)
        let counts: (positive: Scalar, negative: Scalar) = form.logCounts(batch: here)
        kernels.contrast(
          rows.lowerBound, rows.count, batch, counts.positive, counts.negative,
          presence?.readable, shares.value, losses)
      } count: {
        present()
      } adjoint: { rows, scale in
        let own = rows.lowerBound * columns
        if let gradient = anchor.gradient {
          Scalar.multiply(
            shares.value + rows.lowerBound * batch, transposed: false, augmented.value,
            transposed: false, into: gradient + own, m: rows.count, n: columns, k: batch,
            scale: scale / tau, keep: 1)
        }
        if let gradient = augmented.gradient {
          Scalar.multiply(
            shares.value + rows.lowerBound, transposed: true, anchor.value, transposed: false,
            into: gradient + own, m: rows.count, n: columns, k: batch, scale: scale / tau,
            keep: 1, strides: RowStrides(a: batch))
        }
      })
  }
}
