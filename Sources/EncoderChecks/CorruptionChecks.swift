import ModalityKit

/// The ways an encoder offers to spoil its signals.
struct CorruptionChecks {
  let subject: Subject

  private static let seed: UInt64 = 11

  func findings() -> [Finding] {
    subject.encoder.corruptions.flatMap { findings(of: $0.name) } + unknown() + untouched()
  }

  private func findings(of kind: String) -> [Finding] {
    var findings: [Finding] = []
    var (mild, strong) = (0.0, 0.0)
    do throws(EncoderError) {
      for (index, signal) in subject.signals.enumerated() {
        let none = try spoil(signal, kind, 0)
        if none.realised.amount != 0 || none.row != subject.rows[index] {
          findings.append(Finding(.severityZero, "\(kind): severity 0 changes sample \(index + 1)"))
        }
        let (gentle, first, second) = (
          try spoil(signal, kind, 2), try spoil(signal, kind, 10), try spoil(signal, kind, 10)
        )
        if first.row != second.row || first.realised != second.realised {
          findings.append(
            Finding(.seed, "\(kind): one seed spoils sample \(index + 1) in two ways"))
        }
        for result in [gentle, first] {
          let amount = result.realised.amount
          if !amount.isFinite || amount < 0 {
            findings.append(
              Finding(.realised, "\(kind): expected an amount of 0 or more, found \(amount)"))
          }
          if let fault = subject.fault(of: result.row) {
            findings.append(Finding(.spoiled, "\(kind), sample \(index + 1): \(fault)"))
          }
        }
        mild += gentle.realised.amount
        strong += first.realised.amount
      }
    } catch {
      findings.append(Finding(.spoiled, "\(kind): \(error.message)"))
      return findings
    }
    if !(strong > mild) {
      findings.append(
        Finding(
          .realised, as: .warning,
          "\(kind): expected more damage at severity 10 than at 2, found \(strong) and \(mild)"))
    }
    return findings
  }

  private func spoil(
    _ signal: ErasedSignal, _ kind: String, _ severity: Double
  ) throws(EncoderError) -> (row: FeatureRow, realised: RealisedCorruption) {
    let spoiled = try subject.fitted.corrupt(
      signal, kind: kind, severity: severity, seed: Self.seed)
    var row = FeatureRow()
    try subject.fitted.encode(spoiled.signal, into: &row)
    return (row, spoiled.realised)
  }

  private func unknown() -> [Finding] {
    guard let signal = subject.signals.first else { return [] }
    do throws(EncoderError) {
      _ = try subject.encoder.corrupt(signal, kind: "no such kind", severity: 5, seed: Self.seed)
      return [Finding(.unknownCorruption, "a kind that is not offered is accepted")]
    } catch {
      return error.kind == .unknownCorruption
        ? [] : [Finding(.unknownCorruption, "expected unknown-corruption, found \(error.code)")]
    }
  }

  /// After everything was spoiled, the signals give their rows as before.
  private func untouched() -> [Finding] {
    (try? subject.fitted.rows(subject.signals)) == subject.rows
      ? [] : [Finding(.untouched, "after spoiling, a signal gives another row")]
  }
}
