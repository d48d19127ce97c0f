/// AdamW (Loshchilov & Hutter 2019) with PyTorch's conventions: decay applied to the parameter
/// before the step, epsilon outside the root, bias-corrected moments, decay on every parameter.
public final class AdamW<Scalar: Real> {
  public var rate: Double
  public let weightDecay: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double

  let parameters: [Variable<Scalar>]
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
    touchGradients(except: nil)
    return squaredNorm(except: nil).squareRoot()
  }

  private func squaredNorm(except direct: DirectUpdates<Scalar>?) -> Double {
    team.run(blocks.count) { index in
      let block = blocks[index]
      guard let gradient = gradientInMemory(block.parameter, except: direct) else {
        sums[index] = 0
        return
      }
      sums[index] = Scalar.sumOfSquares(
        gradient + block.range.lowerBound, count: block.range.count)
    }
    var sum = 0.0
    for index in blocks.indices { sum += sums[index] }
    return sum
  }

  /// One update. `maximumNorm` scales all gradients by min(1, maximumNorm / (norm + 1e-6)), as
  /// PyTorch's `clip_grad_norm_`.
  public func step(maximumNorm: Double? = nil) { step(maximumNorm: maximumNorm, with: nil) }

  /// - Parameter direct: parameters whose gradients are computed here.
  func step(maximumNorm: Double?, with direct: DirectUpdates<Scalar>?) {
    stepsTaken += 1
    touchGradients(except: direct)
    let scale =
      maximumNorm.map { maximum in
        let squared = squaredNorm(except: direct) + (direct?.squaredNorm(team) ?? 0)
        return min(1, maximum / (squared.squareRoot() + 1e-6))
      } ?? 1
    let now = Now(
      scale: scale, correction1: 1 - power(beta1, stepsTaken),
      correction2: 1 - power(beta2, stepsTaken))
    team.run(blocks.count) { index in
      let (number, range) = (blocks[index].parameter, blocks[index].range)
      guard let gradient = gradientInMemory(number, except: direct) else { return }
      update(number, range, gradient: gradient + range.lowerBound, now)
    }
    direct?.eachPiece(team) { update($0, $1, gradient: $2, now) }
  }

  /// What all parameters have in common in a step.
  private struct Now {
    let scale: Double
    /// 1 − beta1^t and 1 − beta2^t.
    let correction1: Double
    let correction2: Double
  }

  private func update(
    _ number: Int, _ range: Range<Int>, gradient: UnsafePointer<Scalar>, _ now: Now
  ) {
    let start = range.lowerBound
    Scalar.adamWStep(
      AdamWStep(
        count: range.count, parameter: parameters[number].value + start, gradient: gradient,
        firstMoment: moments[number].first.value + start,
        secondMoment: moments[number].second.value + start,
        gradientScale: Scalar(now.scale), rate: Scalar(rate), weightDecay: Scalar(weightDecay),
        beta1: Scalar(beta1), beta2: Scalar(beta2), epsilon: Scalar(epsilon),
        correction1: Scalar(now.correction1), correction2: Scalar(now.correction2)))
  }

  private func gradientInMemory(
    _ parameter: Int, except direct: DirectUpdates<Scalar>?
  ) -> UnsafeMutablePointer<Scalar>? {
    direct?.takes(parameter: parameter) == true ? nil : parameters[parameter].gradientMemory
  }

  /// Gradients that nobody wrote since they were discarded become zeros.
  private func touchGradients(except direct: DirectUpdates<Scalar>?) {
    for index in parameters.indices where direct?.takes(parameter: index) != true {
      _ = parameters[index].gradient
    }
  }

  /// In Double for both number types: 1 − beta^t loses its digits in Float.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    Double.exp(Double.log(base) * Double(exponent))
  }
}
