import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// KL, L_UDR, sigma and samples: adjoints against central differences, values against definitions.
@Suite struct GaussianAdjointTests {
  @Test(arguments: Shape.single) func klDivergence(shape: Shape) {
    var generator = SeededGenerator(seed: 1)
    let values = shape.values(&generator) + shape.values(&generator)
    let worst = gradientDeviation(values) { tape, variables in
      tape.klDivergence(gaussians(variables)[0], gaussians(variables)[1])
    }
    #expect(worst < 1e-7)
  }

  @Test(arguments: Shape.single) func klToStandard(shape: Shape) {
    var generator = SeededGenerator(seed: 2)
    let values = shape.values(&generator)
    for presence in shape.presences(&generator) {
      let worst = gradientDeviation(values) { tape, variables in
        tape.klToStandard(gaussians(variables)[0], presence: presence?[0])
      }
      #expect(worst < 1e-7)
    }
  }

  @Test(arguments: Shape.all) func pairAndPriorLoss(shape: Shape) {
    var generator = SeededGenerator(seed: 3)
    let values = shape.values(&generator)
    for presence in shape.presences(&generator) {
      let pair = gradientDeviation(values) { tape, variables in
        tape.pairLoss(gaussians(variables), presence: presence)
      }
      #expect(pair < 1e-7)
      let prior = gradientDeviation(values) { tape, variables in
        tape.priorLoss(gaussians(variables), presence: presence)
      }
      #expect(prior < 1e-7)
    }
  }

  /// The O(M) form against the plain double loop over ordered pairs, modalities missing or not.
  @Test(arguments: Shape.all) func pairLossEqualsItsDefinition(shape: Shape) {
    var generator = SeededGenerator(seed: 4)
    let all = gaussians(leaves(shape.values(&generator)))
    // A common offset of mu, which raw moments would cancel against.
    for gaussian in all { for i in 0..<gaussian.mu.count { gaussian.mu.value[i] += 1000 } }
    for presence in shape.presences(&generator) {
      func isPresent(_ m: Int, _ row: Int) -> Bool {
        presence.map { $0[m].value[row] != 0 } ?? true
      }
      var expected = 0.0
      for row in 0..<shape.b {
        for a in 0..<shape.m where isPresent(a, row) {
          for b in 0..<shape.m where b != a && isPresent(b, row) {
            for i in row * shape.d..<(row + 1) * shape.d {
              expected += Fusion.klDivergence(
                mu1: all[a].mu.value[i], sigma1: all[a].sigma.value[i], mu2: all[b].mu.value[i],
                sigma2: all[b].sigma.value[i])
            }
          }
        }
      }
      let found = Tape<Double>().pairLoss(all, presence: presence).scalar
      #expect(deviation([found], [expected / Double(shape.b)]) < 1e-10)
    }
  }

  /// Some entries beyond the clamp on either side, none within a step of it.
  @Test(arguments: Shape.single) func standardDeviation(shape: Shape) {
    var generator = SeededGenerator(seed: 5)
    let logvar = generator.normalMatrix(shape.b, shape.d, scale: 4)
    let weights = generator.normalMatrix(shape.b, shape.d)
    let worst = gradientDeviation([logvar]) { tape, variables in
      tape.dot(
        tape.standardDeviation(variables[0], range: LogVarianceRange(low: -3, high: 2)), weights)
    }
    #expect(worst < 1e-7)
  }

  @Test func standardDeviationStopsWhereClamped() {
    let logvar = Variable(
      Matrix<Double>(rows: 1, columns: 4, values: [-20, -1, 1, 20]), differentiable: true)
    let tape = Tape<Double>()
    let sigma = tape.standardDeviation(logvar, range: .wide)
    tape.backward(from: tape.dot(sigma, Matrix(rows: 1, columns: 4, repeating: 1)))
    #expect(
      deviation(
        sigma.matrix.values,
        [Double.exp(-5), Double.exp(-0.5), Double.exp(0.5), Double.exp(5)]) < 1e-15)
    #expect(
      deviation(
        logvar.gradientMatrix.values, [0, 0.5 * Double.exp(-0.5), 0.5 * Double.exp(0.5), 0])
        < 1e-15)
  }

  /// Below, inside and above the bounds, each pulled up and down: what leads further out is stopped.
  @Test func anInwardClampLetsOnlyTheWayBackThrough() {
    let values = [-20.0, -20, 1, 1, 20, 20]
    let upstream = [1.0, -1, 1, -1, 1, -1]
    let logvar = Variable(Matrix(rows: 1, columns: 6, values: values), differentiable: true)
    let tape = Tape<Double>()
    let sigma = tape.standardDeviation(logvar, range: .wide, clamp: .inward)
    tape.backward(from: tape.dot(sigma, Matrix(rows: 1, columns: 6, values: upstream)))
    let (low, inside, high) = (Double.exp(-5), Double.exp(0.5), Double.exp(5))
    #expect(deviation(sigma.matrix.values, [low, low, inside, inside, high, high]) < 1e-15)
    #expect(
      deviation(
        logvar.gradientMatrix.values, [0, -low / 2, inside / 2, -inside / 2, high / 2, 0]) < 1e-15)
  }

  @Test(arguments: Shape.single, [1, 3]) func sample(shape: Shape, samples: Int) {
    var generator = SeededGenerator(seed: 6)
    let values = shape.values(&generator)
    let rows = samples * shape.b
    let noise = generator.normalMatrix(rows, shape.d)
    let weights = generator.normalMatrix(rows, shape.d)
    let leaf = Variable(noise, differentiable: false)
    let worst = gradientDeviation(values) { tape, variables in
      tape.dot(tape.sample(gaussians(variables)[0], noise: leaf), weights)
    }
    #expect(worst < 1e-7)
    let found = Tape<Double>().sample(gaussians(leaves(values))[0], noise: leaf).matrix
    for row in 0..<rows {
      for d in 0..<shape.d {
        let source = row % shape.b
        #expect(found[row, d] == values[0][source, d] + values[1][source, d] * noise[row, d])
      }
    }
  }
}
