import Foundation
import ModalityKit

/// From raw input to the row a model reads: a fitted encoder and the scaling of its features.
public struct ModalityPipeline: Sendable {
  /// The modality's name in the data set: `image`.
  public let name: String
  public let fitted: any FittedEncoder
  public let scaling: FeatureScaling

  public init(name: String, fitted: any FittedEncoder, scaling: FeatureScaling) {
    self.name = name
    self.fitted = fitted
    self.scaling = scaling
  }

  public var encoder: any ErasedEncoder { fitted.encoder }
  public var isSparse: Bool { encoder.descriptor.traits.contains(.sparse) }
  public var input: Architecture.Input {
    Architecture.Input(name: name, features: fitted.schema.count, sparse: isSparse)
  }

  /// The scaled features of a signal. What an encoder returns is checked: it may be a plugin.
  public func row(_ signal: ErasedSignal) throws(EncoderError) -> FeatureRow {
    var row = try rawRow(signal)
    scaling.apply(to: &row)
    return row
  }

  func rawRow(_ signal: ErasedSignal) throws(EncoderError) -> FeatureRow {
    var row = FeatureRow()
    try fitted.encode(signal, into: &row)
    try check(row)
    return row
  }

  /// - Throws: `encodingFailed` for a row that a model cannot read.
  func check(_ row: FeatureRow) throws(EncoderError) {
    let (features, sparse) = (fitted.schema.count, isSparse)
    func refuse(_ what: String) -> EncoderError {
      EncoderError(
        .encodingFailed, "\(encoder.descriptor.identifier) gave \(what)",
        hint: "this is a fault of the encoder, not of the input")
    }
    guard row.values.allSatisfy(\.isFinite) else { throw refuse("a value that is not finite") }
    if let indices = row.indices {
      guard sparse, indices.count == row.values.count else {
        throw refuse("a malformed sparse row")
      }
      var previous: Int32 = -1
      for index in indices {
        guard index > previous, Int(index) < features else {
          throw refuse("column \(index) out of order or range 0..<\(features)")
        }
        previous = index
      }
    } else {
      guard !sparse, row.values.count == features else {
        throw refuse("\(row.values.count) features where \(features) were announced")
      }
    }
  }
}
