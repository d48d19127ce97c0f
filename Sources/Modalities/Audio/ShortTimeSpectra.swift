import Foundation

/// Power spectra of a sound's frames under a periodic Hann window, 0.5 − 0.5 cos(2πn/N), without
/// scaling, in the precision of `Plan`.
struct ShortTimeSpectra<Plan: FourierPlan>: Sendable {
  let layout: FrameLayout
  let window: [Plan.Scalar]
  private let plans: FourierPlanPool<Plan>

  /// `layout.windowLength` must be even.
  init(layout: FrameLayout) {
    self.layout = layout
    window = (0..<layout.windowLength).map {
      Plan.Scalar(0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(layout.windowLength)))
    }
    plans = FourierPlanPool(windowLength: layout.windowLength)
  }

  /// Calls `body` with each frame's number and its windowLength / 2 + 1 powers, in their order.
  ///
  /// - Returns: false when there is no memory for a Fourier plan, and `body` was not called.
  func forEach(
    of samples: [Float], _ body: (Int, UnsafeMutableBufferPointer<Plan.Scalar>) -> Void
  ) -> Bool {
    let length = layout.windowLength
    let done: Void? = plans.withPlan { plan in
      samples.withUnsafeBufferPointer { samples in
        window.withUnsafeBufferPointer { window in
          withUnsafeTemporaryAllocation(of: Plan.Scalar.self, capacity: length) { frame in
            withUnsafeTemporaryAllocation(
              of: Plan.Scalar.self, capacity: length / 2 + 1
            ) { power in
              for index in 0..<layout.frames(samples.count) {
                layout.fill(frame, from: layout.start(index), of: samples, window: window)
                plan.power(of: frame, into: power)
                body(index, power)
              }
            }
          }
        }
      }
    }
    return done != nil
  }
}
