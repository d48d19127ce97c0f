/// AdamW (Loshchilov & Hutter 2019) with PyTorch's conventions: decay applied to the parameter
/// before the step, epsilon outside the root, bias-corrected moments, decay on every parameter.
public final class AdamW<Scalar: Real> {
  public var rate: Double
  public let weightDecay: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double

  private let parameters: [Variable<Scalar>]
  private let blocks: [Block]
  private let sums: UnsafeMutablePointer<Double>
  private let team: WorkerTeam
  let moments: [(first: Variable<Scalar>, second: Variable<Scalar>)]
  private var stepsTaken = 0

  /// A piece of a parameter, small enough for the threads to share all pieces evenly.
  private struct Block {
    static var size: Int { 1 << 14 }
    let parameter: Int
    let range: Range<Int>
  }

  /// - Parameter team: the threads that share a step.
  public init(
    _ parameters: [Variable<Scalar>], rate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, team: WorkerTeam = WorkerTeam()
  ) {
    self.parameters = parameters
    self.team = team
    blocks = parameters.indices.filter { parameters[$0].differentiable }.flatMap { index in
      stride(from: 0, to: parameters[index].count, by: Block.size).map {
        Block(parameter: index, range: $0..<min($0 + Block.size, parameters[index].count))
      }
    }
    sums = .allocate(capacity: max(1, blocks.count))
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    moments = parameters.map {
      (
        Variable(rows: $0.rows, columns: $0.columns, differentiable: false),
        Variable(rows: $0.rows, columns: $0.columns, differentiable: false)
      )
    }
  }

  deinit { sums.deallocate() }

  /// Makes all gradients zero, at no cost for those that the next backward pass writes whole.
  public func zeroGradients() {
    for parameter in parameters { parameter.discardGradient() }
  }

  /// The Euclidean norm of all gradients together.
  public func gradientNorm() -> Double {
    touchGradients()
    team.run(blocks.count) { index in
      let block = blocks[index]
      guard let gradient = parameters[block.parameter].gradientMemory else { return }
      sums[index] = Scalar.sumOfSquares(
        gradient + block.range.lowerBound, count: block.range.count)
    }
    var sum = 0.0
    for index in blocks.indices { sum += sums[index] }
    return sum.squareRoot()
  }

  /// One update. `maximumNorm` scales all gradients by min(1, maximumNorm / (norm + 1e-6)), as
  /// PyTorch's `clip_grad_norm_`.
  public func step(maximumNorm: Double? = nil) {
    stepsTaken += 1
    touchGradients()
    let scale = maximumNorm.map { min(1, $0 / (gradientNorm() + 1e-6)) } ?? 1
    let correction1 = 1 - power(beta1, stepsTaken)
    let correction2 = 1 - power(beta2, stepsTaken)
    team.run(blocks.count) { index in
      let (parameter, range) = (blocks[index].parameter, blocks[index].range)
      let start = range.lowerBound
      guard let gradient = parameters[parameter].gradientMemory else { return }
      Scalar.adamWStep(
        AdamWStep(
          count: range.count, parameter: parameters[parameter].value + start,
          gradient: gradient + start, firstMoment: moments[parameter].first.value + start,
          secondMoment: moments[parameter].second.value + start,
          gradientScale: Scalar(scale), rate: Scalar(rate), weightDecay: Scalar(weightDecay),
          beta1: Scalar(beta1), beta2: Scalar(beta2), epsilon: Scalar(epsilon),
          correction1: Scalar(correction1), correction2: Scalar(correction2)))
    }
  }

  /// Gradients that nobody wrote since they were discarded become zeros.
  private func touchGradients() {
    for parameter in parameters { _ = parameter.gradient }
  }

  /// In Double for both number types: 1 − beta^t loses its digits in Float.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    Double.exp(Double.log(base) * Double(exponent))
  }
}
