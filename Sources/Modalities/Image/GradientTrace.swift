import Foundation
import ModalityKit

/// The way from a picture's pixels to one number of its oriented gradients.
package struct GradientTrace: Sendable {
  /// A pixel of the cell and its gradient.
  package struct Pixel: Sendable {
    package let x: Int
    package let y: Int
    /// Luma to the left, right, above and below, 0...255.
    package let left: Double
    package let right: Double
    package let above: Double
    package let below: Double
    package let length: Double
    /// In degrees, 0..<180.
    package let angle: Double
  }

  package let configuration: ThumbnailHOGConfiguration
  /// The feature's column in the encoder's row, and its name.
  package let column: Int
  package let featureName: String
  /// Row and column of the block among the blocks, and of the cell among the cells.
  package let block: (row: Int, column: Int)
  package let cell: (row: Int, column: Int)
  package let orientation: Int
  /// The cell's pixels whose gradient falls into the orientation, the longest first.
  package let pixels: [Pixel]
  /// Of the cell, one an orientation: Σ length / cell².
  package let histogram: [Double]
  /// The block's histograms, cell after cell, before they are scaled.
  package let values: [Double]
  /// The feature's place among them.
  package let place: Int
  /// The feature before it is rounded to Float.
  package let value: Double
}

extension ThumbnailHOGEncoder {
  /// The oriented gradient that stands out most.
  /// - Returns: nil for a picture that the encoder would refuse, or without any gradient.
  package func strongestGradient(_ signal: Bitmap) -> GradientTrace? {
    guard signal.size == configuration.size else { return nil }
    let grey = GreyLevels(signal)
    let gradients = OrientedGradients(
      orientations: configuration.orientations, cell: configuration.cell,
      block: configuration.block, norm: configuration.norm)
    let features = gradients.features(grey.values, width: grey.size, height: grey.size)
    guard let number = features.indices.max(by: { features[$0] < features[$1] }),
      features[number] > 0
    else { return nil }
    let (side, bins) = (configuration.block, configuration.orientations)
    let cellsAcross = grey.size / configuration.cell
    let blocksAcross = cellsAcross - side + 1
    let place = number % (side * side * bins)
    let index = number / (side * side * bins)
    let block = (row: index / blocksAcross, column: index % blocksAcross)
    let cell = (
      row: block.row + place / (side * bins), column: block.column + place / bins % side
    )
    let cells = gradients.cellHistograms(grey.values, width: grey.size, height: grey.size)
    func histogram(_ row: Int, _ column: Int) -> ArraySlice<Double> {
      cells[(row * cellsAcross + column) * bins..<(row * cellsAcross + column + 1) * bins]
    }
    let first =
      3 * configuration.thumbnail * configuration.thumbnail
      + ColorHistogram(
        hues: configuration.hues, saturations: configuration.saturations,
        values: configuration.values
      ).names.count
    return GradientTrace(
      configuration: configuration, column: first + number,
      featureName: "gradient:block\(index).\(place)", block: block, cell: cell,
      orientation: place % bins,
      pixels: grey.gradients(cell, side: configuration.cell, orientations: bins)
        .filter { $0.orientation == place % bins }.map(\.pixel)
        .sorted { ($1.length, $0.y, $0.x) < ($0.length, $1.y, $1.x) },
      histogram: Array(histogram(cell.row, cell.column)),
      values: (0..<side).flatMap { row in
        (0..<side).flatMap { histogram(block.row + row, block.column + $0) }
      }, place: place, value: features[number])
  }
}

extension GreyLevels {
  /// The gradient of each pixel of a cell that has one, and the orientation it counts for.
  fileprivate func gradients(
    _ cell: (row: Int, column: Int), side: Int, orientations: Int
  ) -> [(orientation: Int, pixel: GradientTrace.Pixel)] {
    let (top, start) = (cell.row * side, cell.column * side)
    return (top..<top + side).flatMap { y in
      (start..<start + side).compactMap { x in
        let here = values[y * size + x]
        // In border rows and columns nothing points outwards.
        let isInside = (x: x > 0 && x < size - 1, y: y > 0 && y < size - 1)
        let (left, right) =
          isInside.x ? (values[y * size + x - 1], values[y * size + x + 1]) : (here, here)
        let (above, below) =
          isInside.y ? (values[(y - 1) * size + x], values[(y + 1) * size + x]) : (here, here)
        let (across, down) = (right - left, below - above)
        let length = (across * across + down * down).squareRoot()
        guard length > 0 else { return nil }
        let turn = atan2(down, across) * 180 / .pi
        let angle = turn < 0 ? turn + 180 : turn >= 180 ? turn - 180 : turn
        return (
          min(Int(angle * Double(orientations) / 180), orientations - 1),
          GradientTrace.Pixel(
            x: x, y: y, left: left, right: right, above: above, below: below, length: length,
            angle: angle)
        )
      }
    }
  }
}
