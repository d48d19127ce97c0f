import ModalityKit

/// A picture as its thumbnail, colours, oriented gradients and grey statistics.
///
/// Row: thumbnail RGB in 0...1 (row-major, interleaved), colour histogram, HOG (see
/// `OrientedGradients`), grey statistics (see `GreyLevels`). It learns nothing from training
/// pictures.
public struct ThumbnailHOGEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "thumbnail-hog", version: 2, modality: "image",
    summary: "thumbnail, colour histogram and oriented gradients of a picture",
    accepts: "PNG files of every colour type and depth",
    parameters: ThumbnailHOGConfiguration.parameters, traits: [.stateless])

  public static var defaultConfiguration: ThumbnailHOGConfiguration {
    ThumbnailHOGConfiguration()
  }
  public static var corruptions: [Corruption<Bitmap>] { ImageCorruptions.all }

  /// Nothing: the features depend on no other sample.
  public struct State: Codable, Sendable, Equatable {
    public init() {}
  }

  /// Beyond, one row is above a megabyte.
  static let mostGradients = 300_000

  public let configuration: ThumbnailHOGConfiguration
  private let canvas: CanvasFitting
  private let colors: ColorHistogram
  private let gradients: OrientedGradients

  public init(configuration: ThumbnailHOGConfiguration) throws(EncoderError) {
    try ThumbnailHOGConfiguration.parameters.check(
      configuration, of: Self.descriptor.identifier)
    guard configuration.block * configuration.cell <= configuration.size,
      configuration.thumbnail <= configuration.size
    else {
      throw EncoderError(
        .badParameter,
        "thumbnail-hog expects block times cell and thumbnail at most size, found "
          + "size \(configuration.size), cell \(configuration.cell), "
          + "block \(configuration.block), thumbnail \(configuration.thumbnail)",
        hint: "the defaults are size 64, cell 16, block 2, thumbnail 12")
    }
    self.configuration = configuration
    canvas = CanvasFitting(
      size: configuration.size, background: configuration.background, trim: configuration.trim)
    colors = ColorHistogram(
      hues: configuration.hues, saturations: configuration.saturations,
      values: configuration.values)
    gradients = OrientedGradients(
      orientations: configuration.orientations, cell: configuration.cell,
      block: configuration.block, norm: configuration.norm)
    let count = gradients.featureCount(width: configuration.size, height: configuration.size)
    guard count <= Self.mostGradients else {
      throw EncoderError(
        .badParameter,
        "thumbnail-hog expects at most \(Self.mostGradients) gradient features, found \(count)",
        hint: "choose larger cells, smaller blocks or fewer orientations")
    }
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> Bitmap {
    let png = try PNGFile(raw)
    return canvas.bitmap(of: png)
  }

  public func fit(_ signals: some Sequence<Bitmap>) throws(EncoderError) -> State { State() }

  public func schema(_ state: State) -> FeatureSchema {
    let side = configuration.thumbnail
    let pixels = (0..<side).flatMap { y in
      (0..<side).flatMap { x in ["red", "green", "blue"].map { "thumbnail:\(y).\(x).\($0)" } }
    }
    let count = gradients.featureCount(width: configuration.size, height: configuration.size)
    let perBlock = configuration.block * configuration.block * configuration.orientations
    let hog = (0..<count).map { "gradient:block\($0 / perBlock).\($0 % perBlock)" }
    return FeatureSchema(names: pixels + colors.names + hog + GreyLevels.statisticNames)
  }

  public func encode(
    _ signal: Bitmap, _ state: State, into row: inout FeatureRow
  ) throws(EncoderError) {
    guard signal.size == configuration.size else {
      throw EncoderError(
        .wrongInput,
        "expected a bitmap of \(configuration.size) pixels a side, found \(signal.size)",
        hint: "decode the picture with the encoder that shall encode it")
    }
    let grey = GreyLevels(signal)
    row.startDense(capacity: 1024)
    for value in Self.thumbnail(signal, side: configuration.thumbnail) { row.append(value) }
    for value in colors.features(signal, background: configuration.background) {
      row.append(Float(value))
    }
    for value in gradients.features(grey.values, width: grey.size, height: grey.size) {
      row.append(Float(value))
    }
    for value in grey.statistics(background: configuration.background) {
      row.append(Float(value))
    }
  }

  public func preview(_ signal: Bitmap) -> Preview {
    let source = signal.source
    return Preview(
      .pixels(width: signal.size, height: signal.size, rgb: signal.rgb),
      caption: "\(source.width) × \(source.height) pixels from \(source.kind) PNG",
      warnings: source.isBlank ? ["every pixel is the same"] : [])
  }

  public func memory(of signal: Bitmap) -> Int {
    MemoryLayout<Bitmap>.size + signal.rgb.count + signal.source.kind.utf8.count
  }

  /// RGB means over 255 of `side` × `side` boxes, which tile the canvas as evenly as they can.
  private static func thumbnail(_ bitmap: Bitmap, side: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(3 * side * side)
    bitmap.rgb.withUnsafeBufferPointer { rgb in
      for row in 0..<side {
        let rows = row * bitmap.size / side..<(row + 1) * bitmap.size / side
        for column in 0..<side {
          let columns = column * bitmap.size / side..<(column + 1) * bitmap.size / side
          var (red, green, blue) = (0, 0, 0)
          for y in rows {
            for x in columns {
              let pixel = 3 * (y * bitmap.size + x)
              red += Int(rgb[pixel])
              green += Int(rgb[pixel + 1])
              blue += Int(rgb[pixel + 2])
            }
          }
          let full = 255 * Float(rows.count * columns.count)
          result.append(Float(red) / full)
          result.append(Float(green) / full)
          result.append(Float(blue) / full)
        }
      }
    }
    return result
  }
}
