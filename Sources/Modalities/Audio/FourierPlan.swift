import Foundation
import KissFFT
import Synchronization

/// Tables and scratch memory for power spectra of one window length. Not for two threads at once:
/// kissfft writes into its plan. `FourierPlanPool` hands out each plan to one user at a time.
final class FourierPlan: @unchecked Sendable {
  let windowLength: Int
  private let plan: OpaquePointer
  private var input: [Float]
  private var output: [kiss_fft_cpx]

  /// nil when there is no memory. `windowLength` must be even and positive.
  init?(windowLength: Int) {
    guard windowLength > 0, windowLength.isMultiple(of: 2),
      let plan = kiss_fftr_alloc(Int32(windowLength), 0, nil, nil)
    else { return nil }
    self.plan = plan
    self.windowLength = windowLength
    input = [Float](repeating: 0, count: windowLength)
    output = [kiss_fft_cpx](repeating: kiss_fft_cpx(), count: windowLength / 2 + 1)
  }

  deinit { free(UnsafeMutableRawPointer(plan)) }

  /// |DFT|² of the samples from `start` on times the window, into `power` (windowLength / 2 + 1
  /// values). Samples before the first and after the last are 0.
  func power(
    of samples: UnsafeBufferPointer<Float>, from start: Int,
    window: UnsafeBufferPointer<Float>, into power: UnsafeMutableBufferPointer<Float>
  ) {
    let first = max(0, -start)
    let last = max(first, min(windowLength, samples.count - start))
    input.withUnsafeMutableBufferPointer { input in
      for index in 0..<first { input[index] = 0 }
      for index in first..<last { input[index] = samples[start + index] * window[index] }
      for index in last..<windowLength { input[index] = 0 }
    }
    kiss_fftr(plan, input, &output)
    output.withUnsafeBufferPointer { output in
      for index in 0..<output.count {
        power[index] = output[index].r * output[index].r + output[index].i * output[index].i
      }
    }
  }
}

/// Fourier plans that several threads share: making one costs more than a second of sound does.
final class FourierPlanPool: Sendable {
  private let windowLength: Int
  private let idle = Mutex<[FourierPlan]>([])

  init(windowLength: Int) { self.windowLength = windowLength }

  /// Runs `body` with a plan nobody else has; nil when there is no memory for one.
  func withPlan<Result>(_ body: (FourierPlan) -> Result) -> Result? {
    guard
      let plan = idle.withLock({ $0.popLast() }) ?? FourierPlan(windowLength: windowLength)
    else { return nil }
    defer { idle.withLock { $0.append(plan) } }
    return body(plan)
  }
}
