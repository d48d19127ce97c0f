import Foundation
import Modalities
import SeededRandom
import Testing

/// The kernel against the definition, one pixel and one arctangent at a time.
@Suite struct OrientedGradientsTests {
  private static func reference(
    _ grey: [Double], _ width: Int, _ height: Int, _ hog: OrientedGradients
  ) -> [Double] {
    let cell = hog.cell
    let (cellsAcross, cellsDown) = (width / cell, height / cell)
    var result = [Double](repeating: 0, count: cellsAcross * cellsDown * hog.orientations)
    for y in 0..<cellsDown * cell {
      for x in 0..<cellsAcross * cell {
        let place = y * width + x
        let isInside = (x: x > 0 && x < width - 1, y: y > 0 && y < height - 1)
        let across = isInside.x ? grey[place + 1] - grey[place - 1] : 0
        let down = isInside.y ? grey[place + width] - grey[place - width] : 0
        var angle = atan2(down, across) * 180 / .pi
        if angle < 0 { angle += 180 }
        if angle >= 180 { angle = 0 }
        let bin = (1..<hog.orientations).count {
          angle >= 180 * Double($0) / Double(hog.orientations)
        }
        let target = (y / cell * cellsAcross + x / cell) * hog.orientations + bin
        result[target] += (across * across + down * down).squareRoot() / Double(cell * cell)
      }
    }
    return result
  }

  /// Whole greys hit the edges at 45°, 90° and 135° exactly; widths pass the kernel's chunks.
  @Test(arguments: [2, 3, 4, 7, 8, 9, 12, 36], [false, true])
  func cellsEqualTheDefinition(orientations: Int, isWhole: Bool) {
    var generator = SeededGenerator(seed: UInt64(orientations))
    for (width, height, cell) in [
      (1, 1, 1), (8, 8, 8), (20, 17, 4), (33, 9, 3), (128, 6, 2), (129, 5, 5), (300, 16, 8),
    ] {
      let grey = (0..<width * height).map { _ in
        isWhole ? Double(generator.index(below: 7)) : 255 * generator.uniform()
      }
      let hog = OrientedGradients(orientations: orientations, cell: cell)
      let found = hog.cellHistograms(grey, width: width, height: height)
      let difference = relativeDifference(found, Self.reference(grey, width, height, hog))
      #expect(difference < 1e-12, "\(width) × \(height), cells of \(cell)")
    }
  }

  /// A ramp to the right has all its length in bin 0, one downwards in the middle.
  @Test func rampsPointWhereTheyRise() {
    let hog = OrientedGradients(orientations: 9, cell: 4, block: 1)
    let right = hog.cellHistograms((0..<144).map { Double($0 % 12) }, width: 12, height: 12)
    // The middle cell: 16 pixels of length 2 over 16.
    #expect(Array(right[36..<45]) == [2, 0, 0, 0, 0, 0, 0, 0, 0])
    let down = hog.cellHistograms((0..<144).map { -Double($0 / 12) }, width: 12, height: 12)
    #expect(Array(down[36..<45]) == [0, 0, 0, 0, 2, 0, 0, 0, 0])
  }

  @Test(arguments: BlockNorm.allCases) func blocksAreDividedAsDefined(norm: BlockNorm) {
    var generator = SeededGenerator(seed: 3)
    let grey = (0..<40 * 24).map { _ in 255 * generator.uniform() }
    let hog = OrientedGradients(orientations: 7, cell: 8, block: 3, norm: norm)
    let cells = hog.cellHistograms(grey, width: 40, height: 24)
    let found = hog.features(grey, width: 40, height: 24)
    #expect(found.count == hog.featureCount(width: 40, height: 24))
    for left in 0..<3 {
      var block: [Double] = []
      for row in 0..<3 {
        let start = (row * 5 + left) * 7
        block += cells[start..<start + 21]
      }
      let place = left * 63
      let difference = relativeDifference(Array(found[place..<place + 63]), scaled(block, norm))
      #expect(difference < 1e-14)
    }
  }

  private func scaled(_ block: [Double], _ norm: BlockNorm) -> [Double] {
    func divided(_ values: [Double]) -> [Double] {
      let squares = values.map { $0 * $0 }
      let length = (squares.reduce(0, +) + 1e-10).squareRoot()
      return values.map { $0 / length }
    }
    let sum = block.reduce(0, +) + 1e-5
    return switch norm {
    case .l1: block.map { $0 / sum }
    case .l1Root: block.map { ($0 / sum).squareRoot() }
    case .l2: divided(block)
    case .l2Hys: divided(divided(block).map { min($0, 0.2) })
    }
  }
}
