import Fusion

/// The loss terms of a training, epoch by epoch.
struct TrainingLosses: Sendable {
  let options: TrainingOptions
  var epochs: [Trainer.Epoch]

  struct Term: Equatable, Sendable {
    let name: String
    /// A value an epoch, unweighted.
    let values: [Double]
  }

  /// In the order of the formula; those that the preset uses.
  var terms: [Term] {
    let all: [(String, (LossValues) -> Double?)] = [
      ("total", { $0.total }), ("task", { $0.task }), ("bottleneckKL", { $0.bottleneckKL }),
      ("pair", { $0.pair }), ("prior", { $0.prior }), ("ura", { $0.augmentation }),
      ("calibration", { $0.calibration }), ("unimodal", { $0.unimodal }),
    ]
    return all.compactMap { name, value in
      let values = epochs.compactMap { value($0.losses) }
      return values.count == epochs.count ? Term(name: name, values: values) : nil
    }
  }

  /// Terms of very different size in one chart with a logarithmic axis; those that are not above 0
  /// throughout in another one.
  var charts: [CurveChart] {
    let (positive, others) = (
      terms.filter { $0.values.allSatisfy { $0 > 0 } },
      terms.filter { !$0.values.allSatisfy { $0 > 0 } }
    )
    let parts: [(title: String, terms: [Term], scale: Axis.Scale)] = [
      ("loss terms, unweighted, logarithmic", positive, .logarithmic),
      ("loss terms that reach 0 or less", others, .linear),
    ]
    return parts.filter { !$0.terms.isEmpty }.map { part in
      var chart = CurveChart(
        title: part.title, xLabel: "epoch", yLabel: "loss",
        x: epochs.map { Double($0.number) }, series: part.terms.map { .init($0.name, $0.values) })
      chart.signs = epochs.count > 20 ? .spread : .atPoints
      chart.scale = part.scale
      return chart
    }
  }
}
