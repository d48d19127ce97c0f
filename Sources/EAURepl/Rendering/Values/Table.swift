/// Rows under titled columns. Rows may be shorter than `columns`; cells beyond it are not drawn.
struct Table: Equatable, Sendable {
  enum Alignment: Sendable { case left, centre, right }

  struct Column: Equatable, Sendable {
    var title: String
    var alignment: Alignment
    /// Text too wide for its column goes on in further lines; otherwise it is cut.
    var wraps: Bool

    init(_ title: String, _ alignment: Alignment = .left, wraps: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.wraps = wraps
    }
  }

  var columns: [Column]
  var rows: [[String]]
}
