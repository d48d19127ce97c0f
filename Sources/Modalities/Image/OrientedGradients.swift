import Foundation
import ImageKernels

/// Histograms of oriented gradients (Dalal & Triggs 2005), defined as in scikit-image's
/// `hog(…, block_norm=…, transform_sqrt=False)`.
///
/// - Gradient: g[i+1] − g[i−1], not halved; zero in the border rows and columns.
/// - Orientation: the gradient's angle modulo 180°, in `orientations` equal bins, each pixel in one.
/// - Cell: the sum of magnitudes in each bin over `cell` × `cell` pixels, divided by cell².
/// - Block: `block` × `block` cells, one at every cell, scaled by its `BlockNorm`.
package struct OrientedGradients {
  package let orientations: Int
  /// Pixels along a side of a cell.
  package let cell: Int
  /// Cells along a side of a block.
  package let block: Int
  package let norm: BlockNorm

  package init(
    orientations: Int = 9, cell: Int = 8, block: Int = 2, norm: BlockNorm = .l2Hys
  ) {
    self.orientations = orientations
    self.cell = cell
    self.block = block
    self.norm = norm
  }

  package func featureCount(width: Int, height: Int) -> Int {
    let across = max(width / cell - block + 1, 0)
    let down = max(height / cell - block + 1, 0)
    return across * down * block * block * orientations
  }

  /// Features of a row-major grey image of `width` × `height`: blocks by row and column, in each
  /// block its cells by row and column, in each cell the orientations.
  package func features(_ grey: [Double], width: Int, height: Int) -> [Double] {
    let cells = cellHistograms(grey, width: width, height: height)
    let cellsAcross = width / cell
    let run = block * orientations
    let count = featureCount(width: width, height: height)
    return [Double](unsafeUninitializedCapacity: count) { result, initialized in
      for top in stride(from: 0, through: height / cell - block, by: 1) {
        for left in stride(from: 0, through: cellsAcross - block, by: 1) {
          let start = initialized
          for row in top..<top + block {
            let source = (row * cellsAcross + left) * orientations
            _ = result[initialized..<initialized + run].initialize(
              fromContentsOf: cells[source..<source + run])
            initialized += run
          }
          norm.scale(UnsafeMutableBufferPointer(rebasing: result[start..<initialized]))
        }
      }
    }
  }

  /// `[height / cell, width / cell, orientations]`, row-major. Pixels beyond the last whole cell
  /// are left out.
  package func cellHistograms(_ grey: [Double], width: Int, height: Int) -> [Double] {
    let cellsAcross = width / cell
    let cellsDown = height / cell
    var result = [Double](repeating: 0, count: cellsAcross * cellsDown * orientations)
    guard grey.count == width * height else { return result }
    let tangents = edgeTangents
    grey.withUnsafeBufferPointer { grey in
      result.withUnsafeMutableBufferPointer { result in
        guard let first = grey.baseAddress, let histograms = result.baseAddress else { return }
        for y in 0..<cellsDown * cell {
          let here = first + y * width
          // In a border row nothing points down.
          let step = y == 0 || y == height - 1 ? 0 : width
          eau_add_gradient_row(
            width, here - step, here, here + step, cellsAcross, cell, orientations, tangents,
            histograms + y / cell * cellsAcross * orientations)
        }
      }
    }
    let area = Double(cell * cell)
    for index in result.indices { result[index] /= area }
    return result
  }

  /// Tangents of the lower edges of the bins 1… up to 90°, exact where an edge can be hit exactly.
  private var edgeTangents: [Double] {
    (1..<max(orientations / 2 + 1, 1)).map { edge in
      if 2 * edge == orientations { return .infinity }
      if 4 * edge == orientations { return 1 }
      return tan(Double.pi * Double(edge) / Double(orientations))
    }
  }
}
