import Autograd
import SeededRandom

/// y = x W + b with W [in, out] and b [1, out].
struct LinearLayer<Scalar: Real> {
  let weights: Variable<Scalar>
  let bias: Variable<Scalar>

  /// W and b uniform in ±1/√in, as PyTorch's `Linear` starts.
  init(inputs: Int, outputs: Int, generator: inout SeededGenerator) {
    weights = Variable(rows: inputs, columns: outputs, differentiable: true)
    bias = Variable(rows: 1, columns: outputs, differentiable: true)
    let bound = 1 / Double(max(1, inputs)).squareRoot()
    for variable in [weights, bias] {
      for i in 0..<variable.count {
        variable.value[i] = Scalar(generator.uniform(-bound, bound))
      }
    }
  }

  func record(_ x: Variable<Scalar>, on tape: Tape<Scalar>) -> Variable<Scalar> {
    tape.linear(x, weights, bias)
  }

  func named(_ name: String) -> [(name: String, variable: Variable<Scalar>)] {
    [("\(name).weight", weights), ("\(name).bias", bias)]
  }
}
