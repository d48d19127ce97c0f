import PluginABI

/// Receives what a plugin draws.
final class PreviewCanvas {
  private var content = Preview.Content.tokens([])
  private var caption = ""

  /// Values a plugin may show at once; a person sees far fewer.
  private static let limit = 1 << 26

  var preview: Preview { Preview(content, caption: caption) }

  func withCanvas(_ body: (UnsafePointer<eau_canvas>) -> Int32) -> Int32 {
    var canvas = eau_canvas(
      context: Unmanaged.passUnretained(self).toOpaque(),
      pixels: { context, width, height, rgb in
        let (count, overflow) = Int(width).multipliedReportingOverflow(by: 3 * Int(height))
        guard let rgb, !overflow, count <= PreviewCanvas.limit else { return }
        PreviewCanvas.of(context)?.content = .pixels(
          width: Int(width), height: Int(height),
          rgb: Array(UnsafeBufferPointer(start: rgb, count: count)))
      },
      wave: { context, samples, count, rate in
        guard let samples, count <= PreviewCanvas.limit else { return }
        PreviewCanvas.of(context)?.content = .wave(
          samples: Array(UnsafeBufferPointer(start: samples, count: count)), sampleRate: rate)
      },
      numbers: { context, values, count in
        guard let values, count <= PreviewCanvas.limit else { return }
        PreviewCanvas.of(context)?.content = .numbers(
          Array(UnsafeBufferPointer(start: values, count: count)))
      },
      tokens: { context, tokens, count in
        guard let tokens, count <= PreviewCanvas.limit else { return }
        PreviewCanvas.of(context)?.content = .tokens(
          UnsafeBufferPointer(start: tokens, count: count).compactMap {
            $0.map { String(cString: $0) }
          })
      },
      caption: { context, text in
        guard let text else { return }
        PreviewCanvas.of(context)?.caption = String(cString: text)
      })
    return withExtendedLifetime(self) { body(&canvas) }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> PreviewCanvas? {
    context.map { Unmanaged<PreviewCanvas>.fromOpaque($0).takeUnretainedValue() }
  }
}
