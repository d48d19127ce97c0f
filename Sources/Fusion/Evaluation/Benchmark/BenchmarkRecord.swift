/// What one trained model scored under one protocol: the unit in which a benchmark is kept, so that
/// an interrupted one goes on where it stopped.
public struct BenchmarkRecord: Codable, Sendable, Equatable {
  public let method: String
  public let protocolName: String
  public let seed: UInt64
  /// From 0; 0 where the data are not cut into folds.
  public let fold: Int
  /// Rows judged.
  public let n: Int
  /// In percent.
  public let accuracy: Double
  public let nll: Double
  public let brier: Double
  public let ece: Double
  public let aurc: Double
  /// Mean fusion weight of spoiled modalities, and of the same rows' modalities before; nil where
  /// nothing is spoiled or the method has no weights.
  public let alphaSpoiled: Double?
  public let alphaBefore: Double?
  /// Of severity and the spoiled modality's sigma, over all rows and severities of a sweep; `Realised`
  /// with the measured damage in place of the severity.
  public let spearman: Double?
  public let spearmanRealised: Double?

  enum CodingKeys: String, CodingKey {
    case method, seed, fold, n, accuracy, nll, brier, ece, aurc, alphaSpoiled, alphaBefore
    case spearman, spearmanRealised
    case protocolName = "protocol"
  }
}

/// Mean and standard deviation of a method's records under one protocol.
public struct BenchmarkRow: Sendable, Equatable {
  public struct Statistic: Sendable, Equatable {
    public let mean: Double
    /// With n − 1; 0 for a single value.
    public let deviation: Double

    public init(_ values: [Double]) {
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      self.mean = mean
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = values.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    }

    /// nil of nothing.
    init?(present values: [Double]) {
      guard !values.isEmpty else { return nil }
      self.init(values)
    }
  }

  public let method: String
  public let protocolName: String
  /// Number of records.
  public let n: Int
  public let accuracy: Statistic
  public let nll: Statistic
  public let brier: Statistic
  public let ece: Statistic
  public let aurc: Statistic
  /// alpha of a spoiled modality over its alpha before.
  public let alphaRatio: Statistic?
  public let spearman: Statistic?
  public let spearmanRealised: Statistic?
}

extension BenchmarkRow {
  /// A row for each method and protocol, in the order given.
  public static func table(
    of records: [BenchmarkRecord], methods: [String], protocols: [String]
  ) -> [BenchmarkRow] {
    methods.flatMap { method in
      protocols.compactMap { name -> BenchmarkRow? in
        let own = records.filter { $0.method == method && $0.protocolName == name }
        guard !own.isEmpty else { return nil }
        let ratios = own.compactMap { record -> Double? in
          guard let spoiled = record.alphaSpoiled, let before = record.alphaBefore, before > 0
          else { return nil }
          return spoiled / before
        }
        return BenchmarkRow(
          method: method, protocolName: name, n: own.count,
          accuracy: Statistic(own.map(\.accuracy)), nll: Statistic(own.map(\.nll)),
          brier: Statistic(own.map(\.brier)), ece: Statistic(own.map(\.ece)),
          aurc: Statistic(own.map(\.aurc)),
          alphaRatio: Statistic(present: ratios),
          spearman: Statistic(present: own.compactMap(\.spearman)),
          spearmanRealised: Statistic(present: own.compactMap(\.spearmanRealised)))
      }
    }
  }
}
