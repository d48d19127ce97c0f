/// Rows under titled columns. Rows may be shorter than `columns`; cells beyond it are not drawn.
struct Table: Equatable, Sendable {
  enum Alignment: Sendable { case left, centre, right }

  struct Column: Equatable, Sendable {
    var title: String
    var alignment: Alignment

    init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  var columns: [Column]
  var rows: [[String]]
}
