import Foundation

/// The discrete Fourier transform of `count` complex numbers in double precision,
/// X[k] = Σₙ x[n] e^(−2πikn/count), for any count: Stockham's self-sorting mixed-radix algorithm
/// (Cochran et al. 1967, "What is the fast Fourier transform?"; Van Loan 1992, §1.7), with
/// butterflies of radix 4 and 2 and a plain sum for other primes.
///
/// Real and imaginary parts lie in arrays of their own, so that the inner loops run over
/// neighbouring numbers.
struct ComplexTransform {
  /// Real and imaginary parts, `count` of each.
  struct Parts {
    let real: UnsafeMutablePointer<Double>
    let imaginary: UnsafeMutablePointer<Double>
  }

  let count: Int
  /// Prime factors of `count`, with 4 for two times 2.
  let radices: [Int]
  /// cos and −sin of 2πk / count for k in 0..<count.
  private let cosines: [Double]
  private let sines: [Double]

  /// `count` must be positive.
  init(count: Int) {
    self.count = count
    radices = Self.radices(of: count)
    let angles = (0..<count).map { 2 * Double.pi * Double($0) / Double(count) }
    cosines = angles.map { cos($0) }
    sines = angles.map { -sin($0) }
  }

  private static func radices(of count: Int) -> [Int] {
    var result: [Int] = []
    var rest = count
    while rest.isMultiple(of: 4) {
      result.append(4)
      rest /= 4
    }
    var radix = 2
    while rest > 1 {
      if rest.isMultiple(of: radix) {
        result.append(radix)
        rest /= radix
      } else {
        // No factor up to the root: what is left is prime.
        radix = (radix + 1) * (radix + 1) > rest ? rest : radix + 1
      }
    }
    return result
  }

  /// Transforms `values`, using `scratch` of the same room; the result is in the one returned.
  func transform(_ values: Parts, scratch: Parts) -> Parts {
    var (from, to) = (values, scratch)
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        var (length, stride) = (count, 1)
        for radix in radices {
          let stage = Stage(
            radix: radix, groups: length / radix, stride: stride, count: count, cosines: cosines,
            sines: sines)
          switch radix {
          case 2: stage.two(from, to)
          case 4: stage.four(from, to)
          default: stage.general(from, to)
          }
          (length, stride) = (length / radix, stride * radix)
          swap(&from, &to)
        }
      }
    }
    return from
  }
}

/// One pass of decimation in frequency: `stride` interleaved transforms of `radix` × `groups`
/// numbers become `stride` × `radix` interleaved transforms of `groups`:
/// y[q + s(rj + k)] = w^(jk) Σₘ x[q + s(j + groups m)] e^(−2πikm/r), w = e^(−2πi/(r groups)).
private struct Stage {
  let radix: Int
  let groups: Int
  let stride: Int
  let count: Int
  let cosines: UnsafeBufferPointer<Double>
  let sines: UnsafeBufferPointer<Double>

  func two(_ from: ComplexTransform.Parts, _ to: ComplexTransform.Parts) {
    let half = stride * groups
    for group in 0..<groups {
      let (c, s) = (cosines[group * stride], sines[group * stride])
      let (input, output) = (group * stride, 2 * group * stride)
      for q in 0..<stride {
        let (ar, ai) = (from.real[input + q], from.imaginary[input + q])
        let (br, bi) = (from.real[input + half + q], from.imaginary[input + half + q])
        to.real[output + q] = ar + br
        to.imaginary[output + q] = ai + bi
        let (dr, di) = (ar - br, ai - bi)
        to.real[output + stride + q] = dr * c - di * s
        to.imaginary[output + stride + q] = dr * s + di * c
      }
    }
  }

  func four(_ from: ComplexTransform.Parts, _ to: ComplexTransform.Parts) {
    let quarter = stride * groups
    for group in 0..<groups {
      let step = group * stride
      let (c1, s1) = (cosines[step], sines[step])
      let (c2, s2) = (cosines[2 * step], sines[2 * step])
      let (c3, s3) = (cosines[3 * step], sines[3 * step])
      let xr = from.real + step
      let xi = from.imaginary + step
      let yr = to.real + 4 * step
      let yi = to.imaginary + 4 * step
      for q in 0..<stride {
        let (ar, ai) = (xr[q], xi[q])
        let (br, bi) = (xr[quarter + q], xi[quarter + q])
        let (cr, ci) = (xr[2 * quarter + q], xi[2 * quarter + q])
        let (dr, di) = (xr[3 * quarter + q], xi[3 * quarter + q])
        let (sumR, sumI, differenceR, differenceI) = (ar + cr, ai + ci, ar - cr, ai - ci)
        // The odd two times −i, where their difference is concerned.
        let (oddR, oddI, turnedR, turnedI) = (br + dr, bi + di, bi - di, dr - br)
        yr[q] = sumR + oddR
        yi[q] = sumI + oddI
        let (firstR, firstI) = (differenceR + turnedR, differenceI + turnedI)
        yr[stride + q] = firstR * c1 - firstI * s1
        yi[stride + q] = firstR * s1 + firstI * c1
        let (secondR, secondI) = (sumR - oddR, sumI - oddI)
        yr[2 * stride + q] = secondR * c2 - secondI * s2
        yi[2 * stride + q] = secondR * s2 + secondI * c2
        let (thirdR, thirdI) = (differenceR - turnedR, differenceI - turnedI)
        yr[3 * stride + q] = thirdR * c3 - thirdI * s3
        yi[3 * stride + q] = thirdR * s3 + thirdI * c3
      }
    }
  }

  func general(_ from: ComplexTransform.Parts, _ to: ComplexTransform.Parts) {
    let part = stride * groups
    for group in 0..<groups {
      let (input, output) = (group * stride, radix * group * stride)
      for k in 0..<radix {
        for q in 0..<stride {
          to.real[output + k * stride + q] = 0
          to.imaginary[output + k * stride + q] = 0
        }
        for m in 0..<radix {
          // w^(jk) e^(−2πikm/r) as one of the table's: exponents add modulo count.
          let turn = (group * stride * k + (k * m % radix) * part) % count
          let (c, s) = (cosines[turn], sines[turn])
          for q in 0..<stride {
            let real = from.real[input + m * part + q]
            let imaginary = from.imaginary[input + m * part + q]
            to.real[output + k * stride + q] += real * c - imaginary * s
            to.imaginary[output + k * stride + q] += real * s + imaginary * c
          }
        }
      }
    }
  }
}
