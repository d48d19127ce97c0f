import Autograd

/// A trained fusion network as a model: tapes without gradients, replayed a chunk of rows at a
/// time.
final class NetworkModel<Network: FusionNetwork<Float>>: ProbabilityModel {
  private let network: Network
  private let inputs: [Architecture.Input]
  private var passes: [Pass] = []
  private static var chunk: Int { 256 }

  private struct Pass {
    let tape: Tape<Float>
    let inputs: ModelInputs<Float>
    let batch: Network.Batch
  }

  init(_ network: Network, inputs: [Architecture.Input]) {
    self.network = network
    self.inputs = inputs
  }

  func probabilities(_ tables: [FeatureTable]) -> Matrix<Float> {
    var values: [Float] = []
    var columns = 0
    forEachChunk(of: tables) { batch in
      let part = network.probabilities(batch)
      columns = part.columns
      values += part.values
    }
    return Matrix(rows: tables.first?.count ?? 0, columns: columns, values: values)
  }

  func weights(_ tables: [FeatureTable]) -> [[Double]]? {
    var result: [[Double]]? = inputs.map { _ in [] }
    forEachChunk(of: tables) { batch in
      guard let part = network.weights(batch) else {
        result = nil
        return
      }
      result = result.map { zip($0, part).map { $0 + $1 } }
    }
    return result
  }

  private func forEachChunk(of tables: [FeatureTable], _ body: (Network.Batch) -> Void) {
    let count = tables.first?.count ?? 0
    for start in Swift.stride(from: 0, to: count, by: Self.chunk) {
      let pass = pass(rows: min(Self.chunk, count - start))
      pass.inputs.begin()
      for (m, table) in tables.enumerated() {
        for row in 0..<pass.inputs.rows {
          pass.inputs.write(table, row: start + row, modality: m, as: row)
        }
      }
      pass.tape.replay()
      body(pass.batch)
    }
  }

  private func pass(rows: Int) -> Pass {
    if let found = passes.first(where: { $0.inputs.rows == rows }) { return found }
    let tape = Tape<Float>(differentiates: false)
    let leaves = ModelInputs<Float>(inputs, rows: rows)
    let pass = Pass(
      tape: tape, inputs: leaves, batch: network.record(leaves, masks: nil, on: tape))
    passes.append(pass)
    return pass
  }
}
