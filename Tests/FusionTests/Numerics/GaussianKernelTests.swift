import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// Each vectorised loop against its readable form, in Float: widths beside and beyond those of
/// registers and tiles, rows that begin in the middle, modalities that are missing.
@Suite struct GaussianKernelTests {
  static let shapes = [(rows: 1, columns: 1), (5, 7), (4, 16), (3, 128), (6, 131), (2, 300)]

  /// Everything a kernel may read, drawn anew; sigma from 0.01 to 10.
  private struct Material {
    let rows: Int
    let columns: Int
    let mu, sigma, alpha: [Variable<Float>]
    let presence: [Variable<Float>]
    let logvar, noise, target, upstream: Variable<Float>
    let square: Variable<Float>

    init(rows: Int, columns: Int, modalities: Int = 3, seed: UInt64 = 1) {
      var generator = SeededGenerator(seed: seed)
      func drawn(_ rows: Int, _ columns: Int, _ draw: () -> Double) -> Variable<Float> {
        Variable(
          Matrix(
            rows: rows, columns: columns,
            values: (0..<rows * columns).map { _ in Float(draw()) }), differentiable: false)
      }
      func normal() -> Variable<Float> { drawn(rows, columns) { generator.normal() } }
      self.rows = rows
      self.columns = columns
      mu = (0..<modalities).map { _ in normal() }
      sigma = (0..<modalities).map { _ in
        drawn(rows, columns) { Double.exp(generator.uniform(-4.6, 2.3)) }
      }
      alpha = (0..<modalities).map { _ in drawn(rows, columns) { generator.uniform() } }
      presence = (0..<modalities).map { _ in
        drawn(rows, 1) { generator.uniform() < 0.7 ? 1 : 0 }
      }
      logvar = drawn(rows, columns) { 6 * generator.normal() }
      (noise, target, upstream) = (normal(), normal(), normal())
      square = drawn(rows, rows) { 8 * generator.normal() }
    }

    var gaussians: [Gaussian<Float>] { zip(mu, sigma).map { Gaussian(mu: $0, sigma: $1) } }
  }

  /// What a kernel wrote, in variables and losses that all began the same.
  private struct Written {
    let outputs: [Variable<Float>]
    let losses: Variable<Double>

    init(_ material: Material, count: Int) {
      outputs = (0..<count).map { _ in
        Variable(
          Matrix(rows: material.rows, columns: material.columns, repeating: 0.25),
          differentiable: false)
      }
      losses = Variable(rows: material.rows, columns: 1, differentiable: false)
    }

    var numbers: [Double] {
      outputs.flatMap { $0.matrix.values.map(Double.init) } + losses.matrix.values
    }
  }

  private func agree(
    _ name: Comment, outputs: Int, _ shape: (rows: Int, columns: Int), tolerance: Double = 2e-5,
    _ run: (GaussianKernels<Float>, Material, Written) -> Void
  ) {
    let material = Material(rows: shape.rows, columns: shape.columns)
    let found = Written(material, count: outputs)
    let expected = Written(material, count: outputs)
    run(.vectorised, material, found)
    run(.reference, material, expected)
    #expect(
      relativeDeviation(found.numbers, expected.numbers, floor: 1e-3) < tolerance, name)
  }

  /// Rows 1… of a batch, or the one there is.
  private func range(_ m: Material) -> (first: Int, rows: Int) {
    m.rows > 1 ? (1, m.rows - 1) : (0, 1)
  }

  @Test(arguments: shapes) func oneModality(_ rows: Int, _ columns: Int) {
    let shape = (rows, columns)
    for inward in [Int32(0), 1] {
      agree("deviation", outputs: 2, shape) { kernels, m, w in
        let (sigma, gradient) = (w.outputs[0].value, w.outputs[1].value)
        let count = m.rows * m.columns
        kernels.deviation(count, m.logvar.value, -10, 10, sigma)
        kernels.deviationAdjoint(
          count, m.logvar.value, sigma, -10, 10, inward, m.upstream.value, gradient)
      }
    }
    agree("sample", outputs: 1, shape) { kernels, m, w in
      kernels.sample(
        m.rows * m.columns, m.mu[0].value, m.sigma[0].value, m.noise.value, w.outputs[0].value)
    }
    for presence in [nil, 1] {
      agree("prior", outputs: 2, shape) { kernels, m, w in
        let (first, rows) = range(m)
        let column = presence.map { m.presence[$0].readable }
        kernels.prior(
          first, rows, m.columns, m.mu[0].value, m.sigma[0].value, column, w.losses.value)
        kernels.priorAdjoint(
          first, rows, m.columns, m.mu[0].value, m.sigma[0].value, column, 0.3,
          w.outputs[0].value, w.outputs[1].value)
      }
      for movesMu in [false, true] {
        agree("calibration", outputs: 2, shape) { kernels, m, w in
          let (first, rows) = range(m)
          let column = presence.map { m.presence[$0].readable }
          kernels.calibration(
            first, rows, m.columns, m.mu[0].value, m.sigma[0].value, m.target.value, column,
            w.losses.value)
          kernels.calibrationAdjoint(
            first, rows, m.columns, m.mu[0].value, m.sigma[0].value, m.target.value, column, 0.3,
            movesMu ? w.outputs[0].value : nil, w.outputs[1].value)
        }
      }
    }
  }

  @Test(arguments: shapes, [false, true])
  func allModalities(_ shape: (rows: Int, columns: Int), missing: Bool) {
    // Sums of 1/sigma⁴ that nearly cancel keep fewer digits.
    agree("pairs", outputs: 6, shape, tolerance: 1e-3) { kernels, m, w in
      let table = GaussianTable(m.gaussians, presence: missing ? m.presence : nil)
      let gradients = OutputTable(w.outputs) { $0.value }
      let (first, rows) = range(m)
      withExtendedLifetime((table, gradients)) {
        kernels.pairs(
          first, rows, m.columns, 3, table.mu, table.sigma, table.presence, w.losses.value)
        kernels.pairsAdjoint(
          first, rows, m.columns, 3, table.mu, table.sigma, table.presence, 1e-6,
          UnsafePointer(gradients.pointers), UnsafePointer(gradients.pointers + 3))
      }
    }
    for score in FusionScore.allCases {
      agree("fuse \(score)", outputs: 10, shape, tolerance: 2e-4) { kernels, m, w in
        let table = GaussianTable(m.gaussians, presence: missing ? m.presence : nil)
        let written = OutputTable(w.outputs) { $0.value }
        let alpha = InputTable(m.alpha) { $0.readable }
        let (first, rows) = range(m)
        withExtendedLifetime((table, written, alpha)) {
          kernels.fuse(
            first, rows, m.columns, 3, score.rawValue, 1.5, table.mu, table.sigma, table.presence,
            UnsafePointer(written.pointers), w.outputs[9].value)
          kernels.fuseAdjoint(
            first, rows, m.columns, 3, score.rawValue, 1.5, table.mu, table.sigma, table.presence,
            UnsafePointer(alpha.pointers), m.upstream.value, UnsafePointer(written.pointers + 3),
            UnsafePointer(written.pointers + 6))
        }
      }
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 40], [false, true])
  func contrast(_ batch: Int, missing: Bool) {
    for (positives, negatives) in [(Float(0), Float(0)), (3, 0), (0, 0.7)] {
      let material = Material(rows: batch, columns: 1)
      func run(_ kernels: GaussianKernels<Float>) -> [Double] {
        let lines = Variable(material.square.matrix, differentiable: false)
        let losses = Variable<Double>(rows: batch, columns: 1, differentiable: false)
        kernels.contrast(
          0, batch, batch, positives, negatives, missing ? material.presence[0].readable : nil,
          lines.value, losses.value)
        return lines.matrix.values.map(Double.init) + losses.matrix.values
      }
      #expect(deviation(run(.vectorised), run(.reference)) < 1e-5)
    }
  }

  /// Where no element is in a register's lane of a full tile: the leader of two equal ones is the
  /// first in both forms.
  @Test func equalModalitiesShareAndCostNothing() {
    let m = Material(rows: 2, columns: 9)
    let same = [Gaussian(mu: m.mu[0], sigma: m.sigma[0]), Gaussian(mu: m.mu[0], sigma: m.sigma[0])]
    let tape = Tape<Float>()
    #expect(tape.pairLoss(same).scalar == 0)
    #expect(tape.fuse(same, rule: .perDimension).alpha[0].matrix.values.allSatisfy { $0 == 0.5 })
  }
}
