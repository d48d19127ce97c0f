/// A decoded vector: what the corruptions spoil and the encoder scales.
public struct VectorSignal: Sendable, Hashable {
  /// Finite, as given: not scaled.
  public let values: [Double]

  public init(values: [Double]) { self.values = values }
}
