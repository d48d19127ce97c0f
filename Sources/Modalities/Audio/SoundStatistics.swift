import Foundation

/// Fixed-length features of a sound of any length, from its short-time analysis.
///
/// The active part runs from the first to the last frame whose loudest band is within 35 dB of the
/// loudest of all: speech without the silence around it. Of it: per coefficient mean, standard
/// deviation, minimum, maximum and mean |difference of neighbours|, then the mean of each
/// coefficient in each of `segments` equal parts in their order, then seven numbers of the whole.
/// Then, for each order of deltas, the first five of the deltas of each coefficient.
struct SoundStatistics {
  let coefficients: Int
  let segments: Int
  /// Orders of `CepstralDeltas` with features of their own: 0...2.
  let deltas: Int

  static let summaries = ["mean", "deviation", "minimum", "maximum", "change"]
  static let deltaNames = ["delta", "deltaDelta"]
  static let wholeNames = [
    "sound:logSeconds", "sound:logActiveFrames", "sound:level", "sound:centroidMean",
    "sound:centroidDeviation", "sound:zeroCrossings", "sound:loudShare",
  ]

  var names: [String] {
    summaryNames("mfcc")
      + (0..<segments).flatMap { part in (0..<coefficients).map { "mfcc\($0):part\(part)" } }
      + Self.wholeNames + Self.deltaNames.prefix(deltas).flatMap(summaryNames)
  }

  private func summaryNames(_ prefix: String) -> [String] {
    Self.summaries.flatMap { summary in
      (0..<coefficients).map { "\(prefix)\($0):\(summary)" }
    }
  }

  func features(_ waveform: Waveform, _ analysis: SpectralAnalysis.Result) -> [Double] {
    let (peaks, active) = activity(analysis)
    return summaries(analysis.mfcc, active) + parts(analysis.mfcc, active)
      + whole(waveform, analysis, peaks, active)
      + analysis.deltas.flatMap { summaries($0, active) }
  }

  /// Decibels of the loudest band of each frame, and the active frames.
  func activity(_ analysis: SpectralAnalysis.Result) -> (peaks: [Double], active: Range<Int>) {
    let peaks = framePeaks(analysis)
    return (peaks, Self.activeRange(peaks))
  }

  /// Decibels of the loudest band of each frame.
  private func framePeaks(_ analysis: SpectralAnalysis.Result) -> [Double] {
    let bands = analysis.decibels.count / analysis.frames
    return (0..<analysis.frames).map { frame in
      analysis.decibels[frame * bands..<(frame + 1) * bands].reduce(-.infinity, max)
    }
  }

  private static func activeRange(_ peaks: [Double]) -> Range<Int> {
    let threshold = peaks.reduce(-.infinity, max) - 35
    let first = peaks.firstIndex { $0 > threshold } ?? 0
    let last = peaks.lastIndex { $0 > threshold } ?? peaks.count - 1
    return first..<last + 1
  }

  /// `summaries` of each column of `[frames, coefficients]` over the active frames, one summary
  /// after the other.
  private func summaries(_ mfcc: [Double], _ active: Range<Int>) -> [Double] {
    let width = coefficients
    let count = Double(active.count)
    var result = [Double](repeating: 0, count: 5 * width)
    mfcc.withUnsafeBufferPointer { mfcc in
      result.withUnsafeMutableBufferPointer { result in
        let first = active.lowerBound * width
        for k in 0..<width {
          result[2 * width + k] = mfcc[first + k]
          result[3 * width + k] = mfcc[first + k]
        }
        for frame in active {
          for k in 0..<width {
            let value = mfcc[frame * width + k]
            result[k] += value
            result[2 * width + k] = min(result[2 * width + k], value)
            result[3 * width + k] = max(result[3 * width + k], value)
          }
        }
        for frame in active.dropFirst() {
          for k in 0..<width {
            result[4 * width + k] += abs(mfcc[frame * width + k] - mfcc[(frame - 1) * width + k])
          }
        }
        for k in 0..<width {
          result[k] /= count
          result[4 * width + k] /= max(count - 1, 1)
        }
        for frame in active {
          for k in 0..<width {
            let difference = mfcc[frame * width + k] - result[k]
            result[width + k] += difference * difference
          }
        }
        for k in 0..<width { result[width + k] = (result[width + k] / count).squareRoot() }
      }
    }
    return result
  }

  private func parts(_ mfcc: [Double], _ active: Range<Int>) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(segments * coefficients)
    for part in 0..<segments {
      // A sound with fewer frames than parts repeats frames.
      let first = active.lowerBound + part * active.count / segments
      let last = max(first + 1, active.lowerBound + (part + 1) * active.count / segments)
      for coefficient in 0..<coefficients {
        var total = 0.0
        for frame in first..<last { total += mfcc[frame * coefficients + coefficient] }
        result.append(total / Double(last - first))
      }
    }
    return result
  }

  private func whole(
    _ waveform: Waveform, _ analysis: SpectralAnalysis.Result, _ peaks: [Double],
    _ active: Range<Int>
  ) -> [Double] {
    let loudest = peaks.reduce(-.infinity, max)
    let centroids = analysis.centroids
    let mean = centroids.reduce(0, +) / Double(centroids.count)
    let variance =
      centroids.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(centroids.count)
    return [
      log(waveform.duration),
      log(Double(active.count)),
      10 * log10(waveform.level * waveform.level + 1e-10),
      mean,
      variance.squareRoot(),
      Self.zeroCrossings(waveform.samples),
      Double(peaks.count { $0 > loudest - 25 }) / Double(peaks.count),
    ]
  }

  /// The share of neighbouring samples with different signs.
  private static func zeroCrossings(_ samples: [Float]) -> Double {
    guard samples.count > 1 else { return 0 }
    return samples.withUnsafeBufferPointer { samples in
      var crossings = 0
      for index in 1..<samples.count {
        crossings += (samples[index] < 0) != (samples[index - 1] < 0) ? 1 : 0
      }
      return Double(crossings) / Double(samples.count - 1)
    }
  }
}
