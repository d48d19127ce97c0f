import ModalityKit

extension ThumbnailHOGEncoder {
  /// The thumbnail, and the strength of lines in each cell of the picture.
  public func featureViews(_ signal: Bitmap, _ state: State) throws(EncoderError) -> [Preview] {
    var row = FeatureRow()
    try encode(signal, state, into: &row)
    let side = configuration.thumbnail
    let thumbnail = row.values.prefix(3 * side * side).map {
      UInt8(min(max(255 * $0, 0), 255).rounded())
    }
    let (cell, bins) = (configuration.cell, configuration.orientations)
    let gradients = OrientedGradients(
      orientations: bins, cell: cell, block: configuration.block, norm: configuration.norm)
    let grey = GreyLevels(signal)
    let cells = gradients.cellHistograms(grey.values, width: grey.size, height: grey.size)
    // A line runs across its gradient: half a turn's half on, from the middle of the bin.
    let turned = cells.indices.map { place in
      let line = place % bins
      return cells[place - line + (line + bins - (bins + 1) / 2) % bins]
    }
    let across = grey.size / cell
    return [
      Preview(
        .pixels(width: side, height: side, rgb: thumbnail),
        caption: "thumbnail of \(side) × \(side) pixels"),
      Preview(
        .directions(
          .init(rows: across, columns: across, directions: bins, strengths: turned)),
        caption: "lines in cells of \(cell) × \(cell) pixels, across the gradients that HOG counts"),
    ]
  }
}
