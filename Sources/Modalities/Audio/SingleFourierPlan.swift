import Foundation
import KissFFT

/// Power spectra in single precision, by kissfft.
final class SingleFourierPlan: FourierPlan {
  private let plan: OpaquePointer
  private var output: [kiss_fft_cpx]

  init?(windowLength: Int) {
    guard windowLength > 0, windowLength.isMultiple(of: 2),
      let plan = kiss_fftr_alloc(Int32(windowLength), 0, nil, nil)
    else { return nil }
    self.plan = plan
    output = [kiss_fft_cpx](repeating: kiss_fft_cpx(), count: windowLength / 2 + 1)
  }

  deinit { free(UnsafeMutableRawPointer(plan)) }

  func power(
    of input: UnsafeMutableBufferPointer<Float>, into power: UnsafeMutableBufferPointer<Float>
  ) {
    kiss_fftr(plan, input.baseAddress, &output)
    output.withUnsafeBufferPointer { output in
      for index in 0..<output.count {
        power[index] = output[index].r * output[index].r + output[index].i * output[index].i
      }
    }
  }
}
