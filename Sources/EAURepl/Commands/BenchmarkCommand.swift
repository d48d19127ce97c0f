import Foundation
import Fusion
import ModalityKit

struct BenchmarkCommand: Command {
  static let name = "benchmark"
  static let usage =
    "benchmark handwritten|stamps|demo [--seeds N] [--methods A,B,…|ablations] [--out PREFIX]"
    + " [--sweep MODALITY:KIND …] [--withhold MODALITY:KIND …] [--validation] [--fresh] [key=value …]"
  static let summary = "train every method on several seeds and compare them"
  static let examples = [
    "benchmark handwritten --seeds 10", "benchmark demo --methods calibrated,paper --seeds 2",
    "benchmark stamps --out stamps-table",
  ]
  static var details: String {
    BenchmarkSuite.allCases.map {
      "\($0.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0))\($0.summary)"
    }.joined(separator: "\n") + """

      methods: \(BenchmarkMethod.standard.joined(separator: ", "))
      Options of `train` (key=value) hold for the calibrated preset and what derives from it.
      Ctrl-C stops; the same command goes on where it stopped.
      """
  }
  static let parameters: [Parameter] = [
    .word(
      "PROTOCOL", .choice(BenchmarkSuite.allCases.map(\.rawValue)), "data, splits and protocols"),
    .option("seeds", .integers(1...1000), "how often, with seeds 1…N"),
    .option("methods", .text("A,B,…"), "some of the methods, without-MODALITY, or `ablations`"),
    .option(
      "sweep", .text("MODALITY:KIND"), "follow sigma under one more corruption", repeats: true),
    .option("withhold", .text("MODALITY:KIND"), "the same, and never train on it", repeats: true),
    .option("out", .text("PREFIX"), "also write PREFIX.csv, PREFIX.json and PREFIX.md"),
    .flag("validation", "judge the validation rows, for choosing options; test rows stay unseen"),
    .flag("fresh", "forget the scores of an interrupted run"),
  ]
  static let seeAlso = ["evaluate", "train"]

  static func candidates(at place: CompletionPlace) -> [String] {
    place.candidates(parameters + TrainCommand.settings)
  }

  private let suite: BenchmarkSuite
  private let seeds: Int?
  private let methods: [String]
  private let prefix: String?
  private let judgesValidation: Bool
  private let fresh: Bool
  private let settings: [(name: String, value: String)]
  private let withheld: [String]
  private let sweeps: [String]

  init(_ arguments: Arguments) throws {
    guard arguments.positional.count == 1 else {
      throw CommandError.usage(
        Self.self, "expected one protocol set, found \(arguments.positional.count)")
    }
    guard let suite = BenchmarkSuite(rawValue: arguments.positional[0]) else {
      throw CommandError.unknown(
        "benchmark", arguments.positional[0], among: BenchmarkSuite.allCases.map(\.rawValue))
    }
    self.suite = suite
    seeds = try arguments.integer(of: "seeds", in: 1...1000)
    let chosen = try arguments.value(of: "methods")
    methods =
      switch chosen {
      case nil: BenchmarkMethod.standard
      case "ablations": BenchmarkMethod.ablations
      case let list?: list.split(separator: ",").map(String.init)
      }
    prefix = try arguments.value(of: "out")
    judgesValidation = arguments.has("validation")
    fresh = arguments.has("fresh")
    settings = arguments.settings.map { ($0.key, $0.value) }
    withheld = arguments.values(of: "withhold")
    sweeps = arguments.values(of: "sweep") + withheld
    _ = try TrainingOptions(preset: .calibrated, overlaying: settings)
  }

  /// Checked before anything is trained.
  private func sweep(
    _ text: String, _ dataset: Dataset, _ encoders: [any ErasedEncoder]
  ) throws -> BenchmarkProtocol {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 2 else {
      throw CommandError.usage(
        Self.self, "expected MODALITY:KIND, found \"\(printable(text))\"")
    }
    let m = try Self.modality(fields[0], of: dataset)
    try encoders[m].checkCorruption(fields[1])
    return .sweep(modality: fields[0], kind: fields[1])
  }

  private static func modality(_ name: String, of dataset: Dataset) throws -> Int {
    guard let m = dataset.modalities.firstIndex(of: name) else {
      throw CommandError.unknown("modality", name, among: dataset.modalities)
    }
    return m
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let start = ContinuousClock.now
    let sample = try suite.dataset(seed: 1, fold: 0, judgesValidation: false, console)
    let own = sample.calibratedOptions.filter { option in
      !settings.contains { $0.name == option.name }
    }
    var calibrated = try TrainingOptions(
      preset: .calibrated, overlaying: own.map { ($0.name, $0.value) } + settings)
    calibrated.withheld = withheld
    let chosen = session.chosenEncoders.filter { sample.modalities.contains($0.modality) }
    let encoders = try session.core.encoders(for: sample, chosen: chosen)
    let protocols =
      suite.protocols
      + (try sweeps.map { try sweep($0, sample, encoders) })
      .filter { !suite.protocols.contains($0) }
    let methods = try self.methods.map { name in
      guard let method = BenchmarkMethod(name: name, calibrated: calibrated) else {
        throw CommandError.unknown("method", name, among: BenchmarkMethod.standard)
      }
      if let modality = method.without { _ = try Self.modality(modality, of: sample) }
      return method
    }
    let seeds = (1...(self.seeds ?? suite.defaultSeeds)).map { UInt64($0) }
    let runner = BenchmarkRunner(
      suite: suite, methods: methods, protocols: protocols, seeds: seeds,
      judgesValidation: judgesValidation, core: session.core, chosen: chosen,
      log: try BenchmarkLog(
        suite: suite, judgesValidation: judgesValidation, chosen: chosen,
        environment: console.environment, fresh: fresh))
    let records = try runner.run(console).filter { seeds.contains($0.seed) }
    let rows = BenchmarkRow.table(
      of: records, methods: methods.map(\.name), protocols: protocols.map(\.name))
    let sheet = BenchmarkSheet(
      suite: suite, seeds: seeds, rows: rows, judgesValidation: judgesValidation,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    if let prefix { try sheet.write(prefix: prefix) }
    return sheet.report(prefix: prefix)
  }
}
