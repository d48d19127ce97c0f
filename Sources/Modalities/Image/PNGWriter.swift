import ModalityKit
import PNGCodec

extension PNGFile {
  /// An 8-bit RGB file of row-major pixels, `3 * width * height` bytes.
  ///
  /// - Throws: `encodingFailed` for another number of bytes, sides of 0, or no memory.
  package static func encoded(
    rgb: [UInt8], width: Int, height: Int
  ) throws(EncoderError) -> [UInt8] {
    var content: UnsafeMutablePointer<UInt8>?
    var count = 0
    defer { png_codec_free(content) }
    guard width > 0, height > 0, width <= sideLimit, height <= sideLimit,
      rgb.count == 3 * width * height,
      png_codec_write(rgb, UInt32(width), UInt32(height), 3, 6, &content, &count, nil, 0)
        == PNG_CODEC_OK, let content
    else {
      throw EncoderError(
        .encodingFailed, "cannot write \(rgb.count) bytes as a PNG of \(width) × \(height) pixels",
        hint: "give three bytes a pixel")
    }
    return [UInt8](UnsafeBufferPointer(start: content, count: count))
  }
}
