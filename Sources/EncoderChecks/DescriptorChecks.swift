import Foundation
import ModalityKit

/// What an encoder says of itself, and the configuration made from it.
struct DescriptorChecks {
  let type: EncoderType

  private var descriptor: EncoderDescriptor { type.descriptor }

  func findings() -> [Finding] { identifier() + parameters() + bounds() }

  private func identifier() -> [Finding] {
    var findings: [Finding] = []
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    if descriptor.identifier.isEmpty || !descriptor.identifier.allSatisfy(allowed.contains) {
      findings.append(
        Finding(
          .identifier,
          "expected lower-case letters, digits and hyphens, found \"\(descriptor.identifier)\""))
    }
    if descriptor.version < 1 {
      findings.append(
        Finding(.identifier, "expected a version of 1 or more, found \(descriptor.version)"))
    }
    if descriptor.modality.isEmpty { findings.append(Finding(.identifier, "no modality is named")) }
    if descriptor.summary.isEmpty || descriptor.accepts.isEmpty {
      findings.append(Finding(.identifier, as: .warning, "summary or accepts is empty"))
    }
    return findings
  }

  private func parameters() -> [Finding] {
    let names = descriptor.parameters.map(\.name)
    var findings =
      Set(names).count == names.count
      ? [] : [Finding(.parameters, "two parameters share a name: \(names.sorted())")]
    for parameter in descriptor.parameters {
      let isInside =
        switch parameter.kind {
        case .integer(let range, let value): range.contains(value)
        case .real(let range, let value): range.contains(value)
        case .choice(let choices, let value): choices.contains(value)
        case .flag: true
        }
      if !isInside {
        findings.append(
          Finding(
            .parameters,
            "\(parameter.name): expected a default that is \(parameter.expectation), found "
              + parameter.defaultText))
      }
      if parameter.summary.isEmpty {
        findings.append(Finding(.parameters, as: .warning, "\(parameter.name) has no summary"))
      }
    }
    return findings
  }

  /// A number just outside of each range, in the JSON a model file would hold.
  private func bounds() -> [Finding] {
    descriptor.parameters.compactMap { parameter in
      let outside: String
      switch parameter.kind {
      case .integer(let range, _):
        outside = range.upperBound < Int.max ? "\(range.upperBound + 1)" : "\"words\""
      case .real(let range, _): outside = "\(range.upperBound + max(1, abs(range.upperBound)))"
      case .choice: outside = "\"no such choice\""
      case .flag: outside = "\"words\""
      }
      do throws(EncoderError) {
        _ = try type.make(configurationJSON: Data("{\"\(parameter.name)\":\(outside)}".utf8))
        return Finding(
          .bounds, "\(parameter.name)=\(outside): expected bad-parameter, found no error")
      } catch {
        return error.kind == .badParameter
          ? nil
          : Finding(
            .bounds, "\(parameter.name)=\(outside): expected bad-parameter, found \(error.code)")
      }
    }
  }

  func configuration(_ encoder: any ErasedEncoder) -> [Finding] {
    var findings: [Finding] = []
    do throws(EncoderError) {
      let copy = try type.make(configurationJSON: encoder.configurationJSON)
      if copy.configurationJSON != encoder.configurationJSON {
        findings.append(Finding(.configuration, "read back, the configuration is another"))
      }
    } catch {
      findings.append(Finding(.configuration, "cannot be read back: \(error.message)"))
    }
    let fields =
      (try? JSONSerialization.jsonObject(with: encoder.configurationJSON)) as? [String: Any]
    let (found, expected) = (
      (fields ?? [:]).keys.sorted(), descriptor.parameters.map(\.name).sorted()
    )
    if found != expected {
      findings.append(
        Finding(.configuration, "expected the fields \(expected), found \(found)"))
    }
    return findings
  }
}
