import Foundation

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
    var result: [Double] = []
    result.reserveCapacity(featureCount(width: width, height: height))
    var values: [Double] = []
    for top in stride(from: 0, through: height / cell - block, by: 1) {
      for left in stride(from: 0, through: cellsAcross - block, by: 1) {
        values.removeAll(keepingCapacity: true)
        for row in top..<top + block {
          let start = (row * cellsAcross + left) * orientations
          values.append(contentsOf: cells[start..<start + block * orientations])
        }
        norm.scale(&values)
        result.append(contentsOf: values)
      }
    }
    return result
  }

  /// `[height / cell, width / cell, orientations]`, row-major. Pixels beyond the last whole cell
  /// are left out.
  package func cellHistograms(_ grey: [Double], width: Int, height: Int) -> [Double] {
    let cellsAcross = width / cell
    let cellsDown = height / cell
    var result = [Double](repeating: 0, count: cellsAcross * cellsDown * orientations)
    guard grey.count == width * height else { return result }
    // A direction lies in bin k or above when it is not clockwise of the bin's lower edge, which
    // is a cross product: no arctangent a pixel.
    let edges = (1..<max(orientations, 1)).map { index in
      let angle = Double.pi * Double(index) / Double(orientations)
      return (cosine: cos(angle), sine: sin(angle))
    }
    grey.withUnsafeBufferPointer { grey in
      edges.withUnsafeBufferPointer { edges in
        for y in 0..<cellsDown * cell {
          let isBorderRow = y == 0 || y == height - 1
          for x in 0..<cellsAcross * cell {
            let place = y * width + x
            var down = isBorderRow ? 0 : grey[place + width] - grey[place - width]
            var across = x == 0 || x == width - 1 ? 0 : grey[place + 1] - grey[place - 1]
            if down < 0 || (down == 0 && across < 0) {
              down = -down
              across = -across
            }
            var bin = 0
            for edge in edges where edge.cosine * down - edge.sine * across >= 0 { bin += 1 }
            let target = ((y / cell) * cellsAcross + x / cell) * orientations + bin
            result[target] += (across * across + down * down).squareRoot()
          }
        }
      }
    }
    let area = Double(cell * cell)
    for index in result.indices { result[index] /= area }
    return result
  }
}
