import ModalityKit
import PNGCodec

/// A decoded PNG that owns libpng's buffer.
///
/// The only Swift file that reads through the codec; errors come out typed.
package struct PNGFile: ~Copyable {
  private let image: png_codec_image
  package let width: Int
  package let height: Int
  /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
  package let channels: Int
  /// 8 or 16.
  package let bitDepth: Int

  static let sideLimit = 20_000
  static let decodedLimit = 512 << 20
  static let fileLimit = 256 << 20

  /// - Throws: the errors of reading a file, `emptyInput`, `wrongFormat` when the bytes are not a
  ///   PNG, `damaged`, or `tooLarge` (before pixels are allocated).
  package init(_ raw: RawInput) throws(EncoderError) {
    if case .text = raw {
      throw EncoderError(
        .wrongInput, "expected a PNG file, found text", hint: "give the path of a picture")
    }
    try self.init(bytes: try raw.bytes(limit: Self.fileLimit), name: raw.name)
  }

  private init(bytes: [UInt8], name: String) throws(EncoderError) {
    guard !bytes.isEmpty else {
      throw EncoderError(
        .emptyInput, "\(name) is empty, expected a PNG file", hint: "check how it was written")
    }
    let limits = png_codec_limits(
      maximum_width: UInt32(Self.sideLimit), maximum_height: UInt32(Self.sideLimit),
      maximum_bytes: Self.decodedLimit)
    var image = png_codec_image()
    var message = [CChar](repeating: 0, count: 200)
    let status = png_codec_read(bytes, bytes.count, limits, &image, &message, message.count)
    guard status == PNG_CODEC_OK, image.pixels != nil else {
      throw Self.error(status, image, Self.text(message), name)
    }
    self.image = image
    width = Int(image.width)
    height = Int(image.height)
    channels = Int(image.channels)
    bitDepth = Int(image.bit_depth)
  }

  deinit { png_codec_free(image.pixels) }

  var hasAlpha: Bool { channels == 2 || channels == 4 }

  /// The whole picture.
  var box: PixelBox { PixelBox(width: width, height: height) }

  /// One row of interleaved 8-bit samples; only for `bitDepth` 8. `row` must be below `height`.
  package func bytes(row: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(image.pixels + row * image.row_bytes)
  }

  /// One row of interleaved 16-bit samples; only for `bitDepth` 16. `row` must be below `height`.
  package func words(row: Int) -> UnsafePointer<UInt16> {
    UnsafeRawPointer(image.pixels + row * image.row_bytes).assumingMemoryBound(to: UInt16.self)
  }

  /// What kind of PNG the file is: "palette", "16-bit RGB with alpha".
  package var kind: String {
    let colors =
      switch image.file_color_type {
      case 0: "grey"
      case 2: "RGB"
      case 3: "palette"
      case 4: "grey with alpha"
      default: "RGB with alpha"
      }
    let depth = image.file_bit_depth == 8 ? "" : "\(image.file_bit_depth)-bit "
    return depth + colors + (image.file_interlaced == 1 ? ", interlaced" : "")
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func error(
    _ status: png_codec_status, _ image: png_codec_image, _ text: String, _ name: String
  ) -> EncoderError {
    switch status {
    case PNG_CODEC_NOT_A_PNG:
      EncoderError(
        .wrongFormat, "\(name) is not a PNG file: \(text)",
        hint: "convert the picture to PNG; the name's ending does not matter")
    case PNG_CODEC_TOO_LARGE:
      EncoderError(
        .tooLarge,
        "\(name) claims \(image.width) × \(image.height) pixels: \(text) "
          + "(\(sideLimit) a side, \(decodedLimit >> 20) MB decoded)",
        hint: "scale the picture down")
    case PNG_CODEC_OUT_OF_MEMORY:
      EncoderError(.tooLarge, "\(name): \(text)", hint: "scale the picture down")
    default:
      EncoderError(
        .damaged, "\(name) is a damaged PNG file: \(text)",
        hint: "fetch or export the picture again")
    }
  }
}
