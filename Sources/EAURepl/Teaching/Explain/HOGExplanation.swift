import Foundation
import Modalities
import ModalityKit

extension ExplainContext {
  /// The strongest gradient feature of the picture, from the longest gradient in its cell on.
  func explainHOG() throws -> Explanation {
    let part = try part(kind: ThumbnailHOGEncoder.descriptor.identifier, term: .hog)
    let encoder = try ThumbnailHOGEncoder(
      configuration: JSONDecoder().decode(
        ThumbnailHOGConfiguration.self, from: part.encoder.configurationJSON))
    guard let bitmap = part.current?.value as? Bitmap,
      let trace = encoder.strongestGradient(bitmap), let pixel = trace.pixels.first
    else { throw Self.unreadable(part) }
    let configuration = trace.configuration
    let area = Double(configuration.cell * configuration.cell)
    let width = 180 / Double(configuration.orientations)
    let low = Double(trace.orientation) * width
    let row = try featureRow(part)
    let value = trace.histogram[trace.orientation]
    return Explanation(
      term: .hog,
      formula: ["g = (right − left, below − above),  cell[o] = Σ |g| / cell²,  v / |v| of a block"],
      setting: "cells of \(configuration.cell) × \(configuration.cell) pixels, blocks of "
        + "\(configuration.block) × \(configuration.block) cells, \(configuration.orientations) "
        + "orientations of \(MathText.number(width))°, norm \(configuration.norm.rawValue); the "
        + "strongest feature, \(trace.featureName)",
      steps: [
        .equation(
          "g at pixel (\(pixel.x), \(pixel.y))", "√((right − left)² + (below − above)²)",
          "√((\(MathText.number(pixel.right)) − \(MathText.number(pixel.left)))² + "
            + "(\(MathText.number(pixel.below)) − \(MathText.number(pixel.above)))²)",
          is: pixel.length),
        .equation(
          "its angle in degrees (orientation \(trace.orientation): "
            + "\(MathText.number(low))…\(MathText.number(low + width)))", is: pixel.angle),
        .sum(
          "cell[\(trace.orientation)]", "1/\(Int(area)) Σ |g| of \(trace.pixels.count) pixels",
          trace.pixels.map { $0.length / area }),
      ] + BlockScaling(trace).steps(value),
      results: [(trace.featureName, BlockScaling(trace).value)],
      model: [Double(row.values[trace.column])],
      printedBy: "`inspect \(part.modality) --features` prints",
      meaning:
        "A histogram of directions says what edges a place has, not exactly where, so a small "
        + "shift changes little. Dividing by the block's length takes away how bright the light was."
    )
  }
}

/// A block's histograms scaled, step by step (`BlockNorm` in the code).
private struct BlockScaling {
  private static let epsilon = 1e-5
  private static let limit = 0.2

  let trace: GradientTrace

  init(_ trace: GradientTrace) { self.trace = trace }

  private var own: Double { trace.values[trace.place] }
  private func length(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } + Self.epsilon * Self.epsilon).squareRoot()
  }
  private var clipped: [Double] {
    trace.values.map { min($0 / length(trace.values), Self.limit) }
  }
  private var sum: Double { trace.values.reduce(0, +) + Self.epsilon }

  var value: Double {
    switch trace.configuration.norm {
    case .l1: own / sum
    case .l1Root: (own / sum).squareRoot()
    case .l2: own / length(trace.values)
    case .l2Hys: clipped[trace.place] / length(clipped)
    }
  }

  func steps(_ cell: Double) -> [ExplanationStep] {
    let first = MathText.number(cell)
    switch trace.configuration.norm {
    case .l1, .l1Root:
      let root = trace.configuration.norm == .l1Root
      return [
        .sum("|v|", "Σ of the block's \(trace.values.count) + ε", trace.values + [Self.epsilon]),
        .equation(
          "feature", root ? "√(v/|v|)" : "v/|v|", "\(first) / \(MathText.number(sum))", is: value),
      ]
    case .l2, .l2Hys:
      let whole = length(trace.values)
      var steps: [ExplanationStep] = [
        .sum(
          "|v|²", "Σ v² of the block's \(trace.values.count), ε²",
          trace.values.map { $0 * $0 } + [Self.epsilon * Self.epsilon]),
        .equation("v/|v|", "", "\(first) / \(MathText.number(whole))", is: own / whole),
      ]
      guard trace.configuration.norm == .l2Hys else { return steps }
      steps += [
        .equation("clipped at 0.2, as all of the block", is: clipped[trace.place]),
        .equation(
          "feature", "clipped / its length",
          "\(MathText.number(clipped[trace.place])) / \(MathText.number(length(clipped)))",
          is: value),
      ]
      return steps
    }
  }
}
