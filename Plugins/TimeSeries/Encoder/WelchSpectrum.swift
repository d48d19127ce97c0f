import Foundation

/// Power spectral density by Welch's method (IEEE Trans. Audio Electroacoustics 15, 1967), with the
/// conventions of `scipy.signal.welch(x, rate, "hann", nperseg, detrend="constant")`:
///
/// segments of N steps that overlap by half, each freed from its mean and multiplied by the periodic
/// Hann window w_j = ½ − ½ cos(2πj / N); P_k = mean over segments of |X_k|² / (rate Σ w²), doubled
/// for 0 < k < N / 2.
struct WelchSpectrum {
  /// In units² / Hz, at frequencies k · `resolution` for k = 0 … N / 2; empty for a series of fewer
  /// than 8 steps.
  let density: [Double]
  /// In Hz.
  let resolution: Double

  /// - Parameter window: N, a power of two; a shorter series has the largest power of two that fits.
  init(_ values: [Double], rate: Double, window: Int) {
    var size = window
    while size > values.count { size /= 2 }
    guard size >= 8 else {
      (density, resolution) = ([], 0)
      return
    }
    let weights = (0..<size).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(size)) }
    var transform = RealFFT(size: size)
    var powers = [Double](repeating: 0, count: size / 2 + 1)
    var segment = weights
    var segments = 0
    for start in stride(from: 0, through: values.count - size, by: size / 2) {
      let mean = values[start..<start + size].reduce(0) { $0 + $1 / Double(size) }
      for step in 0..<size { segment[step] = (values[start + step] - mean) * weights[step] }
      transform.addPowers(of: segment, to: &powers)
      segments += 1
    }
    let scale = 1 / (rate * weights.reduce(0) { $0 + $1 * $1 } * Double(segments))
    density = powers.enumerated().map { k, power in
      power * scale * (k == 0 || k == size / 2 ? 1 : 2)
    }
    resolution = rate / Double(size)
  }

  /// The frequencies above 0, the mean having been taken away.
  private var bins: Range<Int> { density.isEmpty ? 0..<0 : 1..<density.count }
  private var total: Double { bins.reduce(0) { $0 + density[$1] } }

  /// The power, in units², in `count` bands of equal width between 0 and half the rate. Of K
  /// frequencies above 0, the k-th lies in band ⌊(k − 1) · count / K⌋.
  func bands(_ count: Int) -> [Double] {
    var bands = [Double](repeating: 0, count: count)
    for k in bins { bands[(k - 1) * count / bins.count] += density[k] * resolution }
    return bands
  }

  /// The frequency of the largest density, in Hz; the lowest one of several, 0 for a constant.
  var dominantFrequency: Double {
    guard total > 0, let peak = bins.max(by: { density[$0] < density[$1] }) else { return 0 }
    let first = bins.first { density[$0] == density[peak] } ?? peak
    return Double(first) * resolution
  }

  /// Σ f P / Σ P, in Hz; 0 for a constant.
  var centroid: Double {
    guard total > 0 else { return 0 }
    return bins.reduce(0) { $0 + Double($1) * resolution * (density[$1] / total) }
  }

  /// −Σ p ln p / ln K with p = P / Σ P over the K frequencies: 0 for a single tone, 1 for white noise
  /// (Inouye et al. 1991); 0 for a constant.
  var entropy: Double {
    guard total > 0, bins.count > 1 else { return 0 }
    let sum = bins.reduce(0.0) { sum, k in
      let share = density[k] / total
      return share > 0 ? sum - share * log(share) : sum
    }
    return sum / log(Double(bins.count))
  }
}
