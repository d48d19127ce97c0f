/// A decoded picture on its square canvas: what the corruptions spoil and the features see.
public struct Bitmap: Sendable, Hashable {
  /// Side of the canvas in pixels.
  public let size: Int
  /// Row-major interleaved RGB, 0...255, `3 * size * size` of them.
  public let rgb: [UInt8]
  /// What was read from the file, for the caption.
  public let source: Source

  public struct Source: Sendable, Hashable {
    /// Pixels of the file, before trimming and scaling.
    public let width: Int
    public let height: Int
    /// "palette", "grey with alpha", "16-bit RGB" …
    public let kind: String
    /// Every pixel has the same colour, once composed on the background.
    public let isBlank: Bool
  }

  /// The same picture with other pixels. `rgb` must have as many values.
  func with(rgb: [UInt8]) -> Bitmap { Bitmap(size: size, rgb: rgb, source: source) }
}
