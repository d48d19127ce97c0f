import Foundation

/// What the transform of frames of one length needs to know beforehand: the window, the order of
/// its passes and their factors, laid out as `eau_power_spectra` reads them.
///
/// The algorithm is the mixed-radix fast Fourier transform by decimation in frequency, in place
/// (Cooley & Tukey 1965; Van Loan 1992, §1–2), with butterflies of radix 4, 2 and any odd prime p,
/// the last at a cost of p² / 4. Its results lie in the order of their digits reversed.
struct FourierTables<Scalar: SpectralScalar>: Sendable {
  /// N, even.
  let windowLength: Int
  /// Factors of N / 2.
  let radices: [Int]
  /// The radices, then the place of each of the N / 2 results.
  let order: [Int32]
  /// The window, then cos and −sin of 2πk/N for k = 0…N/4, then the factors of each pass.
  let tables: [Scalar]

  /// - Parameter windowLength: even and positive.
  init(windowLength: Int) {
    let half = windowLength / 2
    let radices = Self.radices(of: half)
    self.windowLength = windowLength
    self.radices = radices
    order =
      radices.map { Int32($0) } + (0..<half).map { Int32(Self.place($0, in: half, radices)) }
    let window = (0..<windowLength).map { 0.5 - 0.5 * Self.turn($0, of: windowLength)[0] }
    tables =
      (window + (0...half / 2).flatMap { Self.turn($0, of: windowLength) }
      + Self.factors(half, radices)).map { Scalar($0) }
  }

  /// Periodic Hann window, 0.5 − 0.5 cos(2πn/N).
  var window: ArraySlice<Scalar> { tables[..<windowLength] }

  /// Scalars that an odd radix needs for its sums and differences, for all lanes.
  func scratch(lanes: Int) -> Int { 2 * (radices.filter { $0 % 2 == 1 }.max() ?? 1) * lanes }

  /// Odd primes, then 4s and at most one 2; the product is `count`.
  private static func radices(of count: Int) -> [Int] {
    var result: [Int] = []
    var rest = count
    var radix = 3
    while !rest.isPowerOfTwo {
      if rest.isMultiple(of: radix) {
        result.append(radix)
        rest /= radix
      } else {
        radix += 2
      }
    }
    if rest.trailingZeroBitCount % 2 == 1 { result.append(2) }
    return result + Array(repeating: 4, count: rest.trailingZeroBitCount / 2)
  }

  /// Where result k of a block of `length` lies: a pass leaves the results k, k + radix, … in the
  /// block k mod radix.
  private static func place(_ k: Int, in length: Int, _ radices: [Int]) -> Int {
    var (k, length, place) = (k, length, 0)
    for radix in radices {
      length /= radix
      place += k % radix * length
      k /= radix
    }
    return place
  }

  /// Of each pass: for odd radices the roots e^(−2πit/radix), then w^(jk) for j = 1…, k = 1….
  private static func factors(_ count: Int, _ radices: [Int]) -> [Double] {
    var result: [Double] = []
    var length = count
    for radix in radices {
      if radix % 2 == 1 { result += (0..<radix).flatMap { turn($0, of: radix) } }
      for j in 0..<length / radix where j > 0 {
        for k in 1..<radix { result += turn(j * k, of: length) }
      }
      length /= radix
    }
    return result
  }

  /// cos and −sin of 2π part / whole.
  static func turn(_ part: Int, of whole: Int) -> [Double] {
    let angle = 2 * Double.pi * Double(part) / Double(whole)
    return [cos(angle), -sin(angle)]
  }
}

extension Int {
  /// Of a positive number.
  fileprivate var isPowerOfTwo: Bool { self & (self - 1) == 0 }
}
