/// AdamW (Loshchilov & Hutter 2019) with PyTorch's conventions: decay applied to the parameter
/// before the step, epsilon outside the root, bias-corrected moments, decay on every parameter.
public final class AdamW<Scalar: Real> {
  public var rate: Double
  public let weightDecay: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double

  private let parameters: [Variable<Scalar>]
  let moments: [(first: Variable<Scalar>, second: Variable<Scalar>)]
  private var stepsTaken = 0

  public init(
    _ parameters: [Variable<Scalar>], rate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.parameters = parameters
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

  public func zeroGradients() {
    for parameter in parameters { parameter.zeroGradient() }
  }

  /// The Euclidean norm of all gradients together.
  public func gradientNorm() -> Double {
    parameters.reduce(0.0) { sum, parameter in
      guard let gradient = parameter.gradient else { return sum }
      return sum + Scalar.sumOfSquares(gradient, count: parameter.count)
    }.squareRoot()
  }

  /// One update. `maximumNorm` scales all gradients by min(1, maximumNorm / (norm + 1e-6)), as
  /// PyTorch's `clip_grad_norm_`.
  public func step(maximumNorm: Double? = nil) {
    stepsTaken += 1
    let scale = maximumNorm.map { min(1, $0 / (gradientNorm() + 1e-6)) } ?? 1
    let correction1 = 1 - power(beta1, stepsTaken)
    let correction2 = 1 - power(beta2, stepsTaken)
    for (parameter, moment) in zip(parameters, moments) {
      guard let gradient = parameter.gradient else { continue }
      Scalar.adamWStep(
        AdamWStep(
          count: parameter.count, parameter: parameter.value, gradient: gradient,
          firstMoment: moment.first.value, secondMoment: moment.second.value,
          gradientScale: Scalar(scale), rate: Scalar(rate), weightDecay: Scalar(weightDecay),
          beta1: Scalar(beta1), beta2: Scalar(beta2), epsilon: Scalar(epsilon),
          correction1: Scalar(correction1), correction2: Scalar(correction2)))
    }
  }

  /// In Double for both number types: 1 − beta^t loses its digits in Float.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    Double.exp(Double.log(base) * Double(exponent))
  }
}
