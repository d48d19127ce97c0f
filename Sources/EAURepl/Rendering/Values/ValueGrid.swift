import ModalityKit

/// A matrix of values as shades, with what its edges stand for.
struct ValueGrid: Equatable, Sendable {
  var rows: Int
  var columns: Int
  /// Row-major, the topmost row first.
  var values: [Double]
  var top: String
  var bottom: String
  var left: String
  var right: String
  var unit: String
  /// In text lines; a line holds two rows.
  var maximumLines = 12

  init(_ grid: Preview.Grid) {
    (rows, columns, values) = (grid.rows, grid.columns, grid.values)
    (top, bottom) = grid.vertical
    (left, right) = grid.horizontal
    unit = grid.unit
  }

  /// Of the finite values; nil when there are none, or not as many as rows and columns.
  var range: ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    guard rows > 0, columns > 0, values.count == rows * columns, let low = finite.min(),
      let high = finite.max()
    else { return nil }
    return low...high
  }

  /// `-40 … 0 dB`
  func legend(_ ellipsis: String) -> String {
    guard let range else { return "no values" }
    let words = [NumberText.short(range.lowerBound), ellipsis, NumberText.short(range.upperBound)]
    return (words + (unit.isEmpty ? [] : [unit])).joined(separator: " ")
  }

  /// One pixel a value in the colours of heat; what is not finite is grey.
  var picture: Picture {
    guard let range else { return Picture(width: 0, height: 0, rgb: []) }
    let width = range.upperBound - range.lowerBound
    let rgb = values.flatMap { value -> [UInt8] in
      guard value.isFinite else { return [128, 128, 128] }
      let colour = Colour.heat(width > 0 ? (value - range.lowerBound) / width : 0.5)
      return [colour.red, colour.green, colour.blue]
    }
    var picture = Picture(width: columns, height: rows, rgb: rgb, maximumRows: maximumLines)
    picture.keepsShape = false
    return picture
  }
}

/// How strong lines of each direction are, cell by cell.
struct DirectionField: Equatable, Sendable {
  var rows: Int
  var columns: Int
  /// Equal steps of half a turn, the first one from left to right and the others clockwise.
  var directions: Int
  var strengths: [Double]

  init(_ field: Preview.Directions) {
    (rows, columns) = (field.rows, field.columns)
    (directions, strengths) = (field.directions, field.strengths)
  }

  var isSound: Bool {
    rows > 0 && columns > 0 && directions > 0
      && strengths.count == rows * columns * directions
  }

  func cell(_ row: Int, _ column: Int) -> ArraySlice<Double> {
    let start = (row * columns + column) * directions
    return strengths[start..<start + directions]
  }

  var strongest: Double { strengths.filter(\.isFinite).max() ?? 0 }
}
