import Synchronization

/// Fourier plans that several threads share: making one costs more than a second of sound does.
final class FourierPlanPool<Plan: FourierPlan>: Sendable {
  /// A plan on its way from thread to thread; the pool sees to it that one user at a time has it.
  private struct Idle: @unchecked Sendable {
    let plan: Plan
  }

  private let windowLength: Int
  private let idle = Mutex<[Idle]>([])

  init(windowLength: Int) { self.windowLength = windowLength }

  /// Runs `body` with a plan nobody else has; nil when there is no memory for one.
  func withPlan<Result>(_ body: (Plan) -> Result) -> Result? {
    guard let plan = idle.withLock({ $0.popLast() })?.plan ?? Plan(windowLength: windowLength)
    else { return nil }
    let returned = Idle(plan: plan)
    defer { idle.withLock { $0.append(returned) } }
    return body(plan)
  }
}
