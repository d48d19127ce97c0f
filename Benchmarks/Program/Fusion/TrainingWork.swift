/// Training on batches that follow each other through the material.
struct TrainingWork {
  private let material: FusionMaterial
  private let loop: TrainingLoop

  init(_ material: FusionMaterial, batch: Int, sparseText: Bool, threads: Int) {
    self.material = material
    let starts = stride(from: 0, to: material.shape.rows - batch + 1, by: batch)
    loop = TrainingLoop(
      material.model(sparseText: sparseText),
      batches: starts.map { start in
        let range = start..<start + batch
        return TrainingBatch(
          tables: material.tables(range, sparseText: sparseText),
          labels: Array(material.labels[range]))
      }, threads: threads)
  }

  func step() { loop.step() }

  /// The losses of four steps from the material's parameters, all with its noise: what they agree on
  /// holds for values, gradients and the optimizer.
  func check() -> [Double] {
    let graph = loop.graph
    loop.restart(with: material.parameters)
    return (0..<4).map { _ in
      loop.step {
        var noise = material.noise[...]
        for leaf in graph.anchorNoise + graph.augmentedNoise + [graph.bottleneckNoise] {
          fill(leaf, from: &noise)
        }
      }
      return graph.losses.total
    }
  }
}
