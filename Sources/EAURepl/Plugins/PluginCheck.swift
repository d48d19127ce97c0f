import Datasets
import EncoderChecks
import Foundation
import ModalityKit
import PluginProcess

/// The conformance kit on a plugin. It runs in a process of its own, so that what it does wrong
/// becomes a finding and not the end of the session.
struct PluginCheck {
  private let plugin: LoadedPlugin
  private let inputs: [RawInput]

  init(_ path: String, samples: [String], limits: PluginLimits) throws {
    plugin = try LoadedPlugin(path, isolated: true, limits: limits)
    let named = try samples.map { sample -> RawInput in
      let file = (sample as NSString).expandingTildeInPath
      if FileManager.default.fileExists(atPath: file) { return .file(path: file) }
      guard !sample.contains("/") || sample.contains(" ") else {
        throw EncoderError(.fileMissing, "no file at \(sample)", hint: "check the spelling")
      }
      return .text(sample)
    }
    inputs = named.isEmpty ? try Self.generated(for: plugin.descriptor) : named
  }

  /// Of the generated data set, for whoever names no samples.
  private static func generated(for descriptor: EncoderDescriptor) throws -> [RawInput] {
    if descriptor.traits.contains(.numeric) { return [.numbers([1, 2.5]), .numbers([3, -1])] }
    let demo = DatasetLoader.demo().dataset
    guard let place = demo.modalities.firstIndex(of: descriptor.modality) else {
      throw CommandError(
        "samples-missing",
        "\(descriptor.identifier) reads \(descriptor.modality): expected samples to check it on",
        hint: "name two or more: `plugin check PATH SAMPLE SAMPLE`")
    }
    // A step that meets different classes.
    return stride(from: 0, to: demo.samples.count, by: max(1, demo.samples.count / 4))
      .compactMap { demo.samples[$0].inputs[place] }
  }

  /// - Throws: `plugin-check-failed`, with the findings, where one of them is an error.
  func report() throws -> Report {
    var findings = EncoderInspection(plugin.type, samples: inputs).findings()
    plugin.process?.settle()
    findings += (plugin.process?.complaints() ?? []).map { Finding(.process, $0) }
    let errors = findings.count { $0.severity == .error }
    let identifier = plugin.descriptor.identifier
    let verdict =
      findings.isEmpty
      ? "nothing found: \(EncoderCheck.allCases.count) checks passed"
      : "\(findings.count) findings, \(errors) of them errors"
    let table = Table(
      columns: [.init("finding"), .init("code"), .init("what", wraps: true)],
      rows: findings.map { [$0.severity.rawValue, $0.check.rawValue, $0.message] })
    let reasons = Set(findings.map(\.check)).sorted { $0.rawValue < $1.rawValue }.map {
      Block.note("\($0.rawValue): \($0.explanation)")
    }
    let report = Report(
      blocks: [.text("\(identifier): \(verdict)")]
        + (findings.isEmpty ? [] : [.table(table)]) + reasons,
      result: .object([
        ("action", .string("check")), ("identifier", .string(identifier)),
        ("errors", .integer(errors)), ("findings", .array(findings.map(json))),
      ]))
    guard errors > 0 else { return report }
    throw ReportedError(
      code: "plugin-check-failed",
      message: "\(identifier) breaks \(errors) of what the toolkit expects of an encoder",
      hint: "each finding has its code explained below it", report: report)
  }

  private func json(_ finding: Finding) -> JSONValue {
    .object([
      ("severity", .string(finding.severity.rawValue)), ("code", .string(finding.check.rawValue)),
      ("message", .string(finding.message)), ("explanation", .string(finding.check.explanation)),
    ])
  }
}
