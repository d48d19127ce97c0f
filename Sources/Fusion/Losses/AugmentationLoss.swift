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
    let similarities = products(anchor, augmented, scale: 1 / tau)
    return contrast(similarities, form: form, presence: presence)
  }

  /// −ln of the share of the diagonal in each row's counted sum of e^S; for `released` the mean of
  /// that over S and its transpose.
  func contrast(
    _ similarities: Variable<Scalar>, form: AugmentationForm, presence: Variable<Scalar>?
  ) -> Variable<Scalar> {
    let batch = similarities.rows
    let output = result(rows: 1, columns: 1)
    // Shares of each entry in its row's (and column's) counted sum: kept for the adjoint.
    let shares = Variable<Scalar>(rows: batch, columns: batch, differentiable: false)
    let strides =
      form == .released
      ? [(line: batch, along: 1), (line: 1, along: batch)] : [(line: batch, along: 1)]
    var rowsCounted: Scalar = 1
    return record(output) {
      let here = (0..<batch).filter { presence.isPresent($0) }
      rowsCounted = Scalar(max(1, here.count))
      let counts: (positive: Scalar, negative: Scalar) = form.logCounts(batch: here.count)
      shares.value.update(repeating: 0, count: batch * batch)
      var sum: Scalar = 0
      // One row alone has no negatives in the literal form: it is left out.
      guard here.count >= form.minimumBatch else {
        output.value[0] = 0
        return
      }
      for stride in strides {
        for i in here {
          let positive = similarities.value[i * batch + i]
          var largest = positive + counts.positive
          for j in here where j != i {
            largest = max(
              largest, similarities.value[i * stride.line + j * stride.along] + counts.negative)
          }
          var total: Scalar = 0
          for j in here {
            let count = j == i ? counts.positive : counts.negative
            total += Scalar.exp(
              similarities.value[i * stride.line + j * stride.along] + count - largest)
          }
          let logTotal = largest + Scalar.log(total)
          sum += logTotal - positive
          for j in here {
            let count = j == i ? counts.positive : counts.negative
            let index = i * stride.line + j * stride.along
            shares.value[index] += Scalar.exp(similarities.value[index] + count - logTotal)
          }
          shares.value[i * batch + i] -= 1
        }
      }
      output.value[0] = sum / (rowsCounted * Scalar(strides.count))
    } backward: {
      guard let upstream = output.gradient, let gradient = similarities.gradient else { return }
      Scalar.add(
        upstream[0] / (rowsCounted * Scalar(strides.count)), shares.value, to: gradient,
        count: batch * batch)
    }
  }
}
