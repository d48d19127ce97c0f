import Foundation
import Fusion

/// What expressions can ask about the current sample under the model.
enum SampleFunctions {
  static let all: [ExpressionFunction] = [
    .init(
      name: "sample", usage: "sample([NUMBER])", arguments: 0...1,
      summary: "whether there is a current sample, or that one of the data set"
    ) { values, context in
      let session = try context.asked()
      guard let sample = session.sample else { return .truth(false) }
      let number = try values.first.map { try $0.number("sample()") }
      return .truth(number.map { $0 == sample.index.map { Double($0 + 1) } } ?? true)
    },
    .init(
      name: "label", usage: "label()", arguments: 0...0, summary: "the sample's class: a word"
    ) { _, context in
      guard let label = try context.asked().currentSample().label else {
        throw ExpressionError("the class of the current sample is not known")
      }
      return .word(label)
    },
    .init(
      name: "predicted", usage: "predicted()", arguments: 0...0, summary: "the likeliest class"
    ) { _, context in
      let shares = try context.probabilities()
      guard let best = shares.max(by: { $0.share < $1.share }) else {
        throw ExpressionError("the model predicts a number, no class")
      }
      return .word(best.label)
    },
    .init(
      name: "probability", usage: "probability(CLASS)", arguments: 1...1,
      summary: "of a class, as `predict` prints it"
    ) { values, context in
      let (label, shares) = (try values[0].word("probability()"), try context.probabilities())
      guard let found = shares.first(where: { $0.label == label }) else {
        throw CommandError.unknown("class", label, among: shares.map(\.label))
      }
      return .number(found.share)
    },
    of("present", "whether the sample has the modality and it is not dropped") {
      .truth($0.isPresent)
    },
    of("corrupted", "whether it is corrupted") { .truth($0.part?.corruption != nil) },
    of("dropped", "whether it is dropped") { .truth($0.part?.isDropped ?? false) },
    of("severity", "the severity of its corruption; 0 without") {
      .number($0.part?.corruption?.severity ?? 0)
    },
    of("realised", "what the corruption really did, measured; 0 without") {
      .number($0.part?.corruption?.realised.amount ?? 0)
    },
    of("kind", "the kind of its corruption: a word; none without") {
      .word($0.part?.corruption?.kind ?? "none")
    },
    of("alphaClean", "mean α before it was spoiled") { .number($0.alphaClean ?? 0) },
    of("sigmaClean", "mean σ before it was spoiled") { .number($0.sigmaClean ?? 0) },
    .init(
      name: "alpha", usage: "alpha(MODALITY [, DIMENSION])", arguments: 1...2,
      summary: "mean α, or that of a dimension; 0 for a missing modality"
    ) { values, context in .number(try alpha(values, context)) },
    at("sigma", "mean σ, or that of a dimension") {
      $0.sigma[$1]
    } mean: {
      $0.meanSigma
    },
    at("mu", "mean μ, or that of a dimension") {
      $0.mu[$1]
    } mean: {
      $0.mu.reduce(0, +) / Double(max(1, $0.mu.count))
    },
    .init(
      name: "kl", usage: "kl(A [, B] [, DIMENSION])", arguments: 1...3,
      summary: "KL(A‖B) in nats, or of one dimension; without B to N(0, 1)"
    ) { values, context in .number(try divergence(values, context)) },
    .init(
      name: "widest", usage: "widest(MODALITY)", arguments: 1...1,
      summary: "the dimension with the largest σ"
    ) { values, context in
      .number(Double(greatest(try context.gaussian(values[0], of: "widest").sigma)))
    },
    .init(
      name: "farthest", usage: "farthest(A, B)", arguments: 2...2,
      summary: "the dimension with the largest KL(A‖B)"
    ) { values, context in
      let (a, b) = (
        try context.gaussian(values[0], of: "farthest"),
        try context.gaussian(values[1], of: "farthest")
      )
      return .number(Double(greatest(SampleDivergences.divergences(from: a, to: b))))
    },
    .init(
      name: "shift", usage: "shift(MODALITY)", arguments: 1...1,
      summary: "how far spoiling has thrown μ: √ of the mean square over the dimensions"
    ) { values, context in .number(try shift(values[0], context)) },
    sum("pairs", "Σ KL over ordered pairs of the modalities present") { $1.pairSum },
    sum("priors", "Σ KL of the modalities present to N(0, I)") { $1.priorSum },
    sum("udr", "pair · pairs() + prior · priors(): L_UDR of the sample") {
      $0.options.pair * $1.pairSum + $0.options.prior * $1.priorSum
    },
  ]

  private static func alpha(
    _ values: [ExpressionValue], _ context: ExpressionContext
  ) throws -> Double {
    let modality = try context.modality(values[0], of: "alpha")
    guard values.count > 1 else { return modality.meanAlpha }
    return modality.alpha(at: try context.dimension(values[1], of: "alpha", modality))
  }

  /// Where the greatest value is; the first of equal ones.
  private static func greatest(_ values: [Double]) -> Int {
    values.indices.min { (-values[$0], $0) < (-values[$1], $1) } ?? 0
  }

  private static func shift(
    _ value: ExpressionValue, _ context: ExpressionContext
  ) throws -> Double {
    let now = try context.gaussian(value, of: "shift")
    let session = try context.asked()
    let (model, sample) = (try session.trainedModel(), try session.currentSample())
    let clean = try model.tables(model.pipelines.map { sample.part($0.name)?.clean })
    let before = model.model.trace(clean).modalities.first { $0.name == now.name }?.mu ?? now.mu
    let squares = zip(now.mu, before).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(max(1, now.mu.count))).squareRoot()
  }

  /// A function of one modality of the reading that `weights` prints.
  private static func of(
    _ name: String, _ summary: String,
    _ value: @escaping @Sendable (SampleReading.Modality) -> ExpressionValue
  ) -> ExpressionFunction {
    .init(name: name, usage: "\(name)(MODALITY)", arguments: 1...1, summary: summary) {
      values, context in
      let session = try context.asked()
      let modality = try session.modality(try values[0].word("\(name)()"))
      guard let found = try session.reading().modalities.first(where: { $0.name == modality })
      else { throw CommandError.unknown("modality", modality, among: session.modalities) }
      return value(found)
    }
  }

  /// A function of a modality's Gaussian, in a dimension or as the mean over all.
  private static func at(
    _ name: String, _ summary: String,
    _ value: @escaping @Sendable (ForwardTrace.Modality, Int) -> Double,
    mean: @escaping @Sendable (ForwardTrace.Modality) -> Double
  ) -> ExpressionFunction {
    .init(
      name: name, usage: "\(name)(MODALITY [, DIMENSION])", arguments: 1...2, summary: summary
    ) { values, context in
      let modality = try context.gaussian(values[0], of: name)
      guard values.count > 1 else { return .number(mean(modality)) }
      return .number(value(modality, try context.dimension(values[1], of: name, modality)))
    }
  }

  private static func sum(
    _ name: String, _ summary: String,
    _ value: @escaping @Sendable (TrainedModel, SampleDivergences) -> Double
  ) -> ExpressionFunction {
    .init(name: name, usage: "\(name)()", arguments: 0...0, summary: summary) { _, context in
      .number(
        value(try context.asked().trainedModel(), SampleDivergences(try context.trace().present)))
    }
  }

  private static func divergence(
    _ values: [ExpressionValue], _ context: ExpressionContext
  ) throws -> Double {
    let first = try context.gaussian(values[0], of: "kl")
    var rest = values.dropFirst()
    var each = SampleDivergences([first]).priors[0]
    if case .word? = rest.first, let name = rest.popFirst() {
      each = SampleDivergences.divergences(from: first, to: try context.gaussian(name, of: "kl"))
    }
    guard let last = rest.popFirst() else { return each.reduce(0, +) }
    guard rest.isEmpty else { throw ExpressionError("kl() expects modalities, then a dimension") }
    return each[try context.dimension(last, of: "kl", first)]
  }
}

extension ExpressionContext {
  /// The current sample's way through the model.
  fileprivate func trace() throws -> ForwardTrace {
    let session = try asked()
    return try session.trainedModel().model.trace(try session.reading().tables)
  }

  /// A modality of the model, present or not.
  fileprivate func modality(
    _ value: ExpressionValue, of function: String
  ) throws -> ForwardTrace.Modality {
    let session = try asked()
    let name = try session.modality(try value.word("\(function)()"))
    guard let found = try trace().modalities.first(where: { $0.name == name }) else {
      throw CommandError.unknown("modality", name, among: session.modalities)
    }
    return found
  }

  /// One that the sample has.
  fileprivate func gaussian(
    _ value: ExpressionValue, of function: String
  ) throws -> ForwardTrace.Modality {
    let found = try modality(value, of: function)
    guard found.isPresent else {
      throw ExpressionError("the current sample has no \(found.name)")
    }
    return found
  }

  fileprivate func dimension(
    _ value: ExpressionValue, of function: String, _ modality: ForwardTrace.Modality
  ) throws -> Int {
    guard let number = Int(exactly: try value.number("\(function)()")),
      modality.mu.indices.contains(number)
    else {
      throw ExpressionError(
        "\(function)() expects a dimension 0…\(modality.mu.count - 1), found \(value.text)")
    }
    return number
  }

  /// Empty for a model of numbers.
  fileprivate func probabilities() throws -> [(label: String, share: Double)] {
    let session = try asked()
    let reading = try session.reading()
    return zip(try session.trainedModel().classes, reading.probabilities)
      .map { ($0, Double($1)) }
  }
}
