import Autograd
import SeededRandom

/// Multinomial logistic regression on the scaled features of all modalities side by side.
///
/// Minimises Σ_i −ln softmax(x_i W + b)[y_i] + 1/(2C) · ‖W‖², b free, in Double by L-BFGS until no
/// entry of the gradient exceeds 1e-6 a row. With three classes or more the minimum is that of
/// scikit-learn's `LogisticRegression(C:)`; for two classes scikit-learn fits one sigmoid, which
/// has this minimum at its C doubled.
///
/// Where training corrupts its rows, it is fitted on the clean rows and one corrupted version of
/// each: twice the rows under the same penalty.
final class LogisticRegression: ProbabilityModel {
  /// W, [features of all modalities, C]
  let weights: Matrix<Double>
  /// b, [1, C]
  let bias: Matrix<Double>
  /// Whether the gradient became as small as asked.
  let converged: Bool
  private let inputs: [Architecture.Input]

  /// - Throws: `FusionError` `stopped`.
  init(
    _ rows: some TrainingRows, options: BaselineOptions, monitor: WorkMonitor = .silent
  ) throws {
    inputs = rows.inputs
    var design = DesignMatrix(rows.inputs)
    var labels: [Int] = []
    var generator = SeededGenerator(
      seed: options.seed, stream: stableHash("baseline corruption"))
    Self.append(rows.clean, to: &design, &labels, &generator)
    if rows.corrupts { Self.append(rows, to: &design, &labels, &generator) }
    let problem = LogisticProblem(
      design: design, labels: labels, classes: rows.classes, penalty: 1 / options.inversePenalty)
    var evaluations = 0
    let minimum = try LBFGS(tolerance: 1e-6 * Double(labels.count)).minimise(
      from: Array(repeating: 0, count: problem.count)
    ) { point, gradient in
      if monitor.shouldStop() { throw FusionError.stopped }
      evaluations += 1
      // How many evaluations there will be is not known: half of what is left, again and again.
      monitor.report("training logistic", 1 - 1 / (1 + Double(evaluations) / 50))
      return problem.value(point, &gradient)
    }
    converged = minimum.converged
    let split = design.columns * rows.classes
    weights = Matrix(
      rows: design.columns, columns: rows.classes, values: Array(minimum.point[..<split]))
    bias = Matrix(rows: 1, columns: rows.classes, values: Array(minimum.point[split...]))
  }

  private static func append(
    _ rows: some TrainingRows, to design: inout DesignMatrix, _ labels: inout [Int],
    _ generator: inout SeededGenerator
  ) {
    let batch = ModelInputs<Float>(rows.inputs, rows: rows.labels.count)
    batch.begin()
    rows.write(Array(rows.labels.indices), into: batch, &generator)
    design.append(batch)
    labels += rows.labels
  }

  func probabilities(_ tables: [FeatureTable]) -> Matrix<Float> {
    let count = tables.first?.count ?? 0
    let batch = ModelInputs<Float>(inputs, rows: count)
    batch.begin()
    for (m, table) in tables.enumerated() {
      for row in 0..<count { batch.write(table, row: row, modality: m, as: row) }
    }
    var design = DesignMatrix(inputs)
    design.append(batch)
    let logits = LogisticProblem.logits(
      design, weights.values + bias.values, classes: bias.columns)
    let probabilities = softmaxRows(
      Matrix(rows: count, columns: bias.columns, values: logits))
    return Matrix(
      rows: count, columns: bias.columns, values: probabilities.values.map { Float($0) })
  }

  func weights(_ tables: [FeatureTable]) -> [[Double]]? { nil }
}
