/// A bitmap to look at.
struct Picture: Equatable, Sendable {
  /// In pixels.
  var width: Int
  var height: Int
  /// Row-major RGB, `3 * width * height` bytes.
  var rgb: [UInt8]
  var caption: String
  /// Limits in character cells; a cell holds one pixel across and two down.
  var maximumColumns: Int
  var maximumRows: Int
  /// false for what may be scaled across and down differently: a diagram.
  var keepsShape = true

  init(
    width: Int, height: Int, rgb: [UInt8], caption: String = "", maximumColumns: Int = 64,
    maximumRows: Int = 24
  ) {
    self.width = width
    self.height = height
    self.rgb = rgb
    self.caption = caption
    self.maximumColumns = maximumColumns
    self.maximumRows = maximumRows
  }
}
