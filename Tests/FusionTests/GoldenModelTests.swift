import Autograd
import Fusion
import TestSupport
import Testing

/// The bottleneck and the whole model, with gradients and ten optimizer steps, in Double, through
/// the very classes that train.
@Suite struct GoldenModelTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  @Test(arguments: ["vib_classification", "vib_classification_S3"])
  func bottleneck(name: String) throws {
    let entry = try golden.entry(name)
    let x = Variable(try entry.matrix("x"), differentiable: true)
    let names = ["mu", "logvar", "out"]
    let weights = try names.map {
      Variable(try entry.matrix("W_\($0)").transposed, differentiable: true)
    }
    let biases = try names.map { Variable(try entry.matrix("b_\($0)"), differentiable: true) }
    let eps = try entry.matrices("eps")
    let noise = Matrix(
      rows: eps.count * x.rows, columns: eps[0].columns, values: eps.flatMap(\.values))
    let tape = Tape<Double>()
    let latent = Gaussian(
      mu: tape.linear(x, weights[0], biases[0]),
      sigma: tape.standardDeviation(tape.linear(x, weights[1], biases[1]), range: .wide))
    let z = tape.sample(latent, noise: Variable(noise, differentiable: false))
    let logits = tape.linear(z, weights[2], biases[2])
    let task = tape.crossEntropy(logits, Labels(try entry.numbers("target").map { Int($0) }))
    let kl = tape.klToStandard(latent)
    let loss = tape.weightedSum([(1, task), (try entry.number("beta"), kl)])
    tape.backward(from: loss)
    #expect(deviation(z.matrix.values, try entry.numbers("z")) < 1e-10)
    #expect(deviation(logits.matrix.values, try entry.numbers("output")) < 1e-10)
    #expect(deviation([task.scalar], [try entry.number("task_mean")]) < 1e-10)
    #expect(deviation([kl.scalar], [try entry.number("kl_mean")]) < 1e-10)
    #expect(deviation([loss.scalar], [try entry.number("loss")]) < 1e-10)
    func check(_ gradient: Matrix<Double>, _ key: String) throws {
      #expect(deviation(gradient.values, try entry.numbers(key)) < 1e-10, "\(key)")
    }
    try check(latent.mu.gradientMatrix, "grad_mu_z")
    try check(latent.sigma.gradientMatrix, "grad_sigma_z")
    try check(x.gradientMatrix, "grad_x")
    for (i, name) in names.enumerated() {
      try check(weights[i].gradientMatrix.transposed, "grad_W_\(name)")
      try check(biases[i].gradientMatrix, "grad_b_\(name)")
    }
  }

  @Test(arguments: ["model_dim_standard", "model_mean_literal"], [false, true])
  func wholeModel(name: String, firstModalitySparse: Bool) throws {
    let entry = try golden.entry(name)
    let (model, graph) = try build(entry, sparse: firstModalitySparse)
    graph.run()
    let losses = graph.losses
    for (found, key) in [
      (losses.total, "total"), (losses.task, "ce"), (losses.bottleneckKL, "kl"),
      (losses.pair + losses.prior, "udr"),
    ] {
      #expect(deviation([found], [try entry.number(key)]) < 1e-10, "\(key)")
    }
    #expect(deviation(graph.augmentationLosses, try entry.numbers("ura_per_modality")) < 1e-10)
    #expect(
      deviation(graph.gaussians.flatMap { $0.mu.matrix.values }, try entry.numbers("mu")) < 1e-10)
    let sigma = graph.gaussians.flatMap { $0.sigma.matrix.values }
    #expect(deviation(sigma, try entry.numbers("sigma")) < 1e-10)
    let latent = graph.compressed.latent
    #expect(deviation(latent.mu.matrix.values, try entry.numbers("mu_z")) < 1e-10)
    #expect(deviation(latent.sigma.matrix.values, try entry.numbers("sigma_z")) < 1e-10)
    let tape = Tape<Double>(differentiates: false)
    let z = tape.sample(latent, noise: graph.bottleneckNoise)
    #expect(deviation(z.matrix.values, try entry.numbers("z")) < 1e-10)
    let deterministic = model.recordBottleneck(graph.fusion.fused, on: tape).logits
    #expect(
      deviation(deterministic.matrix.values, try entry.numbers("logits_deterministic")) < 1e-10)
    #expect(
      deviation(graph.fusion.alpha.flatMap(\.matrix.values), try entry.numbers("alpha")) < 1e-10)
    #expect(deviation(graph.fusion.fused.matrix.values, try entry.numbers("fused")) < 1e-10)
    #expect(deviation(graph.compressed.logits.matrix.values, try entry.numbers("logits")) < 1e-10)
    for (parameter, key, transposed) in try names(model) {
      let gradient = parameter.gradientMatrix
      #expect(
        deviation(
          (transposed ? gradient.transposed : gradient).values,
          try entry.at("grads").numbers(key)) < 1e-10, "\(key)")
    }
  }

  /// With gradients in memory, and with gradients that are used in pieces.
  @Test(arguments: ["model_dim_standard", "model_mean_literal"], [false, true])
  func tenSteps(name: String, atOnce: Bool) throws {
    let entry = try golden.entry(name)
    let (model, graph) = try build(entry, sparse: false)
    let settings = try entry.at("optimizer")
    let optimizer = AdamW(
      model.parameters.map(\.variable), rate: try settings.number("lr"),
      beta1: try settings.number("beta1"), beta2: try settings.number("beta2"),
      epsilon: try settings.number("eps"), weightDecay: try settings.number("weight_decay"))
    var trajectory: [Double] = []
    for step in 0..<10 {
      if atOnce {
        graph.run(stepping: optimizer)
      } else {
        optimizer.zeroGradients()
        graph.run()
        optimizer.step()
      }
      trajectory.append(graph.losses.total)
      if step == 0 {
        for (parameter, key, transposed) in try names(model) {
          let matrix = parameter.matrix
          #expect(
            deviation(
              (transposed ? matrix.transposed : matrix).values,
              try entry.at("params_after_1_step").numbers(key)) < 1e-10, "\(key)")
        }
      }
    }
    #expect(deviation(trajectory, try entry.numbers("loss_before_each_of_10_steps")) < 1e-9)
  }

  private func build(
    _ entry: GoldenValue, sparse: Bool
  ) throws
    -> (EAUModel<Double>, LossGraph<Double>)
  {
    func integer(_ key: String) throws -> Int { Int(try entry.number(key)) }
    let inputs = try entry.matrices("x")
    let architecture = Architecture(
      inputs: inputs.enumerated().map {
        .init(name: "m\($0.offset)", features: $0.element.columns, sparse: sparse && $0.offset == 0)
      },
      classes: try integer("classes"), hidden: try integer("hidden"), latent: try integer("d"),
      bottleneck: try integer("K"),
      rule: try entry.text("alpha_mode") == "dim" ? .perDimension : .perModality)
    let model = EAUModel<Double>(architecture, seed: 1)
    for (parameter, key, transposed) in try names(model) {
      let matrix = try entry.at("params").matrix(key)
      parameter.write(transposed ? matrix.transposed : matrix)
    }
    let udr = try entry.number("lambda_udr")
    let graph = LossGraph(
      model, rows: try integer("batch"),
      settings: .init(
        weights: LossWeights(
          beta: try entry.number("beta"), pair: udr, prior: udr,
          augmentation: try entry.number("lambda_ura")),
        form: try entry.text("ura_form") == "standard" ? .infoNCE : .literal,
        tau: try entry.number("tau")))
    for (leaf, matrix) in zip(graph.inputs.leaves, inputs) {
      switch leaf {
      case .dense(let variable): variable.write(matrix)
      case .sparse(let input):
        input.rows.removeAll()
        for row in 0..<matrix.rows {
          input.rows.append(
            indices: (0..<Int32(matrix.columns)).map { $0 }, values: Array(matrix.row(row)))
        }
      }
    }
    graph.labels.values = try entry.numbers("labels").map { Int($0) }
    for (leaf, matrix) in zip(graph.anchorNoise, try entry.matrices("eps_anchor")) {
      leaf.write(matrix)
    }
    for (leaf, matrix) in zip(graph.augmentedNoise, try entry.matrices("eps_aug")) {
      leaf.write(matrix)
    }
    graph.bottleneckNoise.write(try entry.matrix("eps_z"))
    return (model, graph)
  }

  /// Our parameters with the reference's names; weights are stored transposed.
  private func names(
    _ model: EAUModel<Double>
  ) throws
    -> [(Variable<Double>, key: String, transposed: Bool)]
  {
    var pairs: [(ours: String, theirs: String)] = []
    for m in model.architecture.inputs.indices {
      pairs += [
        ("m\(m).extractor", "ext\(m)"), ("m\(m).mu", "mu\(m)"), ("m\(m).logvar", "logvar\(m)"),
      ]
    }
    pairs += [
      ("bottleneck.mu", "zmu"), ("bottleneck.logvar", "zlogvar"), ("classifier", "cls"),
    ]
    return try pairs.flatMap { ours, theirs in
      [
        (try #require(model.parameter("\(ours).weight")), "\(theirs).W", true),
        (try #require(model.parameter("\(ours).bias")), "\(theirs).b", false),
      ]
    }
  }
}
