import Foundation
import ModalityKit

extension PageRenderer {
  /// The envelope, as loud as ±1 or as the loudest sample.
  mutating func draw(_ wave: Wave) {
    let height = 90.0
    let columns = Int(page.room)
    let peak = wave.samples.lazy.filter(\.isFinite).map(abs).max() ?? 0
    guard peak > 0 else { return line("silence") }
    var upper: [Page.Point] = []
    var lower: [Page.Point] = []
    for column in 0..<columns {
      let start = column * wave.samples.count / columns
      let end = min(max((column + 1) * wave.samples.count / columns, start + 1), wave.samples.count)
      let part = wave.samples[start..<end].filter(\.isFinite)
      let x = page.left + Double(column)
      upper.append(.init(x, height / 2 * (1 - Double(max(part.max() ?? 0, 0) / peak))))
      lower.append(
        .init(x, height / 2 * (1 - Double(min(part.min() ?? 0, 0) / peak)) + 0.5))
    }
    page.area(upper + lower.reversed(), fill: .blue)
    page.skip(height + 4)
    let seconds = Double(wave.samples.count) / max(wave.sampleRate, 1)
    page.text("0 s", x: page.left, y: 11, size: 11, colour: .faded)
    page.text(
      "\(NumberText.fixed(seconds, 2)) s", x: page.left + page.room, y: 11, size: 11, anchor: .end,
      colour: .faded)
    page.skip(18)
  }

  mutating func draw(_ grid: ValueGrid) {
    guard grid.range != nil else { return line("no values") }
    let margin = 70.0
    let width = page.room - margin
    let height = min(240, max(60, Double(grid.rows) * 6))
    let picture = grid.picture
    page.image(picture, x: page.left + margin, y: 0, width: width, height: height)
    page.text(grid.top, x: page.left + margin - 6, y: 11, size: 11, anchor: .end, colour: .faded)
    page.text(
      grid.bottom, x: page.left + margin - 6, y: height, size: 11, anchor: .end, colour: .faded)
    page.skip(height + 4)
    page.text(grid.left, x: page.left + margin, y: 11, size: 11, colour: .faded)
    page.text(
      grid.legend("…"), x: page.left + margin + width / 2, y: 11, size: 11, anchor: .middle,
      colour: .faded)
    page.text(
      grid.right, x: page.left + page.room, y: 11, size: 11, anchor: .end, colour: .faded)
    page.skip(18)
  }

  /// In each cell one stroke a direction, the darker the stronger.
  mutating func draw(_ field: DirectionField) {
    let strongest = field.strongest
    guard field.isSound, strongest > 0 else { return line("no lines") }
    let side = min(40, page.room / Double(field.columns))
    for row in 0..<field.rows {
      for column in 0..<field.columns {
        let x = page.left + (Double(column) + 0.5) * side
        let y = (Double(row) + 0.5) * side
        for (index, strength) in field.cell(row, column).enumerated() {
          let share = strength / strongest
          guard share > 0.05 else { continue }
          let angle = Double.pi * Double(index) / Double(field.directions)
          let (dx, dy) = (0.46 * side * cos(angle), 0.46 * side * sin(angle))
          let shade = Int((220 * (1 - min(share, 1))).rounded())
          page.line(
            .init(x - dx, y - dy), .init(x + dx, y + dy),
            colour: Colour(UInt8(shade), UInt8(shade), UInt8(shade)), width: 1 + 1.5 * share)
        }
      }
    }
    page.skip(Double(field.rows) * side + 4)
  }
}
