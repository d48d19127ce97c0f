/// A raster that becomes characters: braille, two dots across and four down in a cell, or plain
/// ASCII with one dot a cell. Each cell remembers who drew on it last.
struct DotCanvas {
  let columns: Int
  let rows: Int
  let unicode: Bool
  private var bits: [UInt8]
  private var owners: [Int]
  /// How many dots of dashed lines were drawn: dashes go on from segment to segment.
  private var phase = 0

  /// In a cell.
  var dotsAcross: Int { unicode ? 2 : 1 }
  var dotsDown: Int { unicode ? 4 : 1 }
  /// In dots.
  var width: Int { columns * dotsAcross }
  var height: Int { rows * dotsDown }

  init(columns: Int, rows: Int, unicode: Bool) {
    self.columns = columns
    self.rows = rows
    self.unicode = unicode
    bits = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: -1, count: columns * rows)
  }

  /// Dots outside the raster are not drawn.
  mutating func set(_ x: Int, _ y: Int, owner: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = unicode ? y / 4 * columns + x / 2 : y * columns + x
    bits[cell] |= unicode ? Self.brailleBit(x % 2, y % 4) : 1
    owners[cell] = owner
  }

  /// A straight line of dots, both ends included (Bresenham 1965).
  /// - Parameter isDashed: three dots, then two left out; single dots in ASCII.
  mutating func line(
    _ from: (x: Int, y: Int), _ to: (x: Int, y: Int), owner: Int, isDashed: Bool = false
  ) {
    let (dash, whole) = unicode ? (3, 5) : (1, 2)
    let (dx, dy) = (abs(to.x - from.x), -abs(to.y - from.y))
    let (stepX, stepY) = (from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1)
    var (x, y, error) = (from.x, from.y, dx + dy)
    while true {
      if !isDashed || phase % whole < dash { set(x, y, owner: owner) }
      if x == to.x && y == to.y { return }
      phase += 1
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Who drew on a cell last; nil: nobody.
  func owner(row: Int, column: Int) -> Int? {
    let owner = owners[row * columns + column]
    return owner < 0 ? nil : owner
  }

  /// The braille pattern of a cell, U+2800 plus its dots; a blank where there are none.
  func glyph(row: Int, column: Int) -> String {
    let pattern = bits[row * columns + column]
    guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else { return " " }
    return String(scalar)
  }

  /// Braille numbers its dots 1, 2, 3, 7 down the left and 4, 5, 6, 8 down the right.
  private static func brailleBit(_ x: Int, _ y: Int) -> UInt8 {
    y == 3 ? (x == 0 ? 0x40 : 0x80) : UInt8(1) << UInt8(3 * x + y)
  }
}
