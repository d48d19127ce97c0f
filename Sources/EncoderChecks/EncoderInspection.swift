import Foundation
import ModalityKit

/// Holds an encoder to everything `EncoderCheck` lists, through the door the fusion core uses.
///
///     let findings = EncoderInspection(EncoderType(MyEncoder.self), samples: samples).findings()
///     #expect(findings.isEmpty)
public struct EncoderInspection: Sendable {
  public let type: EncoderType
  /// Typical raw inputs the encoder must be able to read: two or more, some of them different.
  public let samples: [RawInput]
  /// Options as a person would type them.
  public let options: [(name: String, value: String)]

  public init(
    _ type: EncoderType, samples: [RawInput], options: [(name: String, value: String)] = []
  ) {
    self.type = type
    self.samples = samples
    self.options = options
  }

  /// Everything found wrong, in the order of the checks; empty of an encoder that keeps all promises.
  public func findings() -> [Finding] {
    var findings = DescriptorChecks(type: type).findings()
    let encoder: any ErasedEncoder
    do {
      encoder = try type.make(options: options)
    } catch {
      return findings + [Finding(.configuration, "cannot be made: \(error.message)")]
    }
    findings += DescriptorChecks(type: type).configuration(encoder)
    var signals: [ErasedSignal] = []
    for sample in samples {
      do {
        signals.append(try encoder.decode(sample))
      } catch {
        findings.append(Finding(.decoding, "\(sample.name): \(error.message)"))
      }
    }
    guard signals.count >= 2 else {
      findings.append(
        Finding(.decoding, "expected two samples or more that decode, found \(signals.count)"))
      return findings
    }
    let subject: Subject
    do {
      subject = try Subject(encoder: encoder, signals: signals)
    } catch {
      return findings + [Finding(.rows, "cannot be fitted and encoded: \(error.message)")]
    }
    return findings + FittingChecks(subject: subject).findings()
      + RowChecks(subject: subject).findings() + CorruptionChecks(subject: subject).findings()
  }
}

/// An encoder, fitted on its samples, with their rows.
struct Subject: Sendable {
  let encoder: any ErasedEncoder
  let signals: [ErasedSignal]
  let fitted: any FittedEncoder
  let rows: [FeatureRow]

  init(encoder: any ErasedEncoder, signals: [ErasedSignal]) throws(EncoderError) {
    self.encoder = encoder
    self.signals = signals
    fitted = try encoder.fit(signals)
    rows = try fitted.rows(signals)
  }

  /// What is wrong with a row, or nil.
  func fault(of row: FeatureRow) -> String? {
    let features = fitted.schema.count
    guard row.values.allSatisfy(\.isFinite) else { return "a value is not finite" }
    guard let indices = row.indices else {
      if encoder.descriptor.traits.contains(.sparse) {
        return "expected a sparse row, found a dense one"
      }
      return row.values.count == features
        ? nil : "expected \(features) features, found \(row.values.count)"
    }
    guard encoder.descriptor.traits.contains(.sparse) else {
      return "expected a dense row, found a sparse one"
    }
    guard indices.count == row.values.count else {
      return "found \(indices.count) columns for \(row.values.count) values"
    }
    guard zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return "columns do not ascend"
    }
    guard indices.allSatisfy({ (0..<features).contains(Int($0)) }) else {
      return "a column lies outside of 0..<\(features)"
    }
    return nil
  }
}

extension FittedEncoder {
  /// Each in a row of its own.
  func rows(_ signals: [ErasedSignal]) throws(EncoderError) -> [FeatureRow] {
    var rows: [FeatureRow] = []
    for signal in signals {
      var row = FeatureRow()
      try encode(signal, into: &row)
      rows.append(row)
    }
    return rows
  }
}
