/// Cosine decay from `peak` to zero over `steps`, after a linear warm-up.
public struct CosineSchedule: Sendable {
  public let peak: Double
  public let steps: Int
  public let warmUp: Int

  public init(peak: Double, steps: Int, warmUp: Int = 0) {
    self.peak = peak
    self.steps = max(1, steps)
    self.warmUp = warmUp
  }

  /// The rate of step `step`, counted from 0.
  public func rate(at step: Int) -> Double {
    if step < warmUp { return peak * Double(step + 1) / Double(warmUp) }
    let progress = Double(step - warmUp) / Double(max(1, steps - warmUp))
    return peak * 0.5 * (1 + cosine(.pi * min(1, progress)))
  }
}
