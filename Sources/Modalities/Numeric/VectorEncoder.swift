import Foundation
import ModalityKit

/// What a user can choose about the vector encoder. JSON keys are the parameter names.
public struct VectorConfiguration: Codable, Hashable, Sendable {
  public enum Scaling: String, Codable, CaseIterable, Sendable { case minmax, none }

  public var scaling = Scaling.minmax

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "scaling", .choice(Scaling.allCases.map(\.rawValue), default: "minmax"),
      "minmax brings each number to 0…1 by its range in training, none leaves it as it is")
  ]
}

/// What the vector encoder learns: the smallest and the largest value of every feature in training.
public typealias VectorRanges = NumberRanges

/// Plain numbers, one feature each.
///
/// Row: (x − minimum) / (maximum − minimum) with both taken from the training vectors; not clipped,
/// so a value outside the training range leaves 0…1. A feature that was constant in training is 0:
/// no weight could learn what a change of it means. All vectors of a modality have the same length.
public struct VectorEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "vector", version: 1, modality: "vector",
    summary: "plain numbers, each scaled by its range in training",
    accepts: "numbers, a .npy file of one vector, or text with one row of numbers",
    parameters: VectorConfiguration.parameters, traits: [.numeric])

  public static var defaultConfiguration: VectorConfiguration { VectorConfiguration() }

  public static var corruptions: [Corruption<VectorSignal>] {
    VectorCorruptions(ranges: .unit).all
  }

  public static func corruptions(fitted state: VectorRanges) -> [Corruption<VectorSignal>] {
    VectorCorruptions(ranges: state).all
  }

  public let configuration: VectorConfiguration

  public init(configuration: VectorConfiguration) throws(EncoderError) {
    try VectorConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> VectorSignal {
    VectorSignal(values: try VectorReader.values(from: raw))
  }

  public func fit(_ signals: some Sequence<VectorSignal>) throws(EncoderError) -> VectorRanges {
    var minimum: [Double] = []
    var maximum: [Double] = []
    for (place, signal) in signals.enumerated() {
      if place == 0 {
        minimum = signal.values
        maximum = signal.values
      }
      guard signal.values.count == minimum.count else {
        throw EncoderError(
          .wrongInput,
          "expected \(minimum.count) numbers in every training vector as in the first, found "
            + "\(signal.values.count) in vector \(place + 1)",
          hint: "all samples of a modality have the same count of numbers")
      }
      for (feature, value) in signal.values.enumerated() {
        minimum[feature] = min(minimum[feature], value)
        maximum[feature] = max(maximum[feature], value)
      }
    }
    guard !minimum.isEmpty else {
      throw EncoderError(
        .nothingToFit, "vector needs at least one training vector, found none",
        hint: "check that the training split has numbers")
    }
    return VectorRanges(minimum: minimum, maximum: maximum)
  }

  public func schema(_ state: VectorRanges) -> FeatureSchema {
    FeatureSchema(names: (0..<state.count).map { "x\($0 + 1)" })
  }

  public func encode(
    _ signal: VectorSignal, _ state: VectorRanges, into row: inout FeatureRow
  ) throws(EncoderError) {
    guard signal.values.count == state.count else {
      throw EncoderError(
        .wrongInput,
        "expected \(state.count) numbers as in training, found \(signal.values.count)",
        hint: "all samples of a modality have the same count of numbers")
    }
    row.startDense(capacity: state.count)
    for (feature, value) in signal.values.enumerated() {
      switch configuration.scaling {
      case .none: row.append(NumberRanges.feature(value))
      case .minmax: row.append(state.feature(value, feature))
      }
    }
  }

  public func preview(_ signal: VectorSignal) -> Preview {
    let count = signal.values.count
    let text = { (value: Double?) in String(format: "%.4g", value ?? 0) }
    let (low, high) = (text(signal.values.min()), text(signal.values.max()))
    return Preview(
      .numbers(signal.values),
      caption: count == 1 ? "1 number, \(low)" : "\(count) numbers from \(low) to \(high)")
  }

  public func memory(of signal: VectorSignal) -> Int {
    MemoryLayout<VectorSignal>.size + signal.values.count * MemoryLayout<Double>.stride
  }

  public func warnings(_ signal: VectorSignal, _ state: VectorRanges) -> [String] {
    signal.values.count == state.count
      ? [] : ["it has \(signal.values.count) numbers, the model reads \(state.count)"]
  }
}
