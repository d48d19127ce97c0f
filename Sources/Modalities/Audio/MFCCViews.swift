import Foundation
import ModalityKit

extension MFCCEncoder {
  /// The log-mel spectrogram, and the coefficients but the first, which only tells the loudness.
  public func featureViews(_ signal: Waveform, _ state: State) throws(EncoderError) -> [Preview] {
    let result = configuration.analysis.analyse(signal.samples)
    let (bands, count) = (configuration.bands, configuration.coefficients)
    let end = String(format: "%.2f s", signal.duration)
    var views = [
      Preview(
        .grid(
          Self.grid(
            result.decibels, frames: result.frames, rows: bands, shown: 0..<bands,
            vertical: ("band \(bands)", "band 1"), end: end, unit: "dB")),
        caption: "mel spectrogram: \(bands) bands, \(result.frames) frames")
    ]
    if count > 1 {
      views.append(
        Preview(
          .grid(
            Self.grid(
              result.mfcc, frames: result.frames, rows: count, shown: 1..<count,
              vertical: ("mfcc\(count - 1)", "mfcc1"), end: end, unit: "")),
          caption: "MFCC: \(count - 1) coefficients of each frame"))
    }
    return views
  }

  /// - Parameter values: `[frames, rows]`; time becomes the horizontal, the last row the topmost.
  private static func grid(
    _ values: [Double], frames: Int, rows: Int, shown: Range<Int>,
    vertical: (top: String, bottom: String), end: String, unit: String
  ) -> Preview.Grid {
    let turned = shown.reversed().flatMap { row in
      (0..<frames).map { values[$0 * rows + row] }
    }
    return Preview.Grid(
      rows: shown.count, columns: frames, values: turned, vertical: vertical,
      horizontal: ("0 s", end), unit: unit)
  }
}
