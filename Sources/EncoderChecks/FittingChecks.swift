import Foundation
import ModalityKit

/// What an encoder learns: that it forgets, can be written, and is refused when damaged.
struct FittingChecks {
  let subject: Subject

  private var encoder: any ErasedEncoder { subject.encoder }
  private var signals: [ErasedSignal] { subject.signals }

  func findings() -> [Finding] {
    fittingNothing() + refit() + restoring() + damaged()
  }

  private func fittingNothing() -> [Finding] {
    let isStateless = encoder.descriptor.traits.contains(.stateless)
    do throws(EncoderError) {
      let fitted = try encoder.fit([])
      if !isStateless {
        return [Finding(.fittingNothing, "expected nothing-to-fit, found no error")]
      }
      return fitted.stateJSON == subject.fitted.stateJSON
        ? [] : [Finding(.fittingNothing, "says it is stateless, and learns from samples")]
    } catch {
      if isStateless {
        return [Finding(.fittingNothing, "says it is stateless, and refuses to fit nothing")]
      }
      return error.kind == .nothingToFit
        ? [] : [Finding(.fittingNothing, "expected nothing-to-fit, found \(error.code)")]
    }
  }

  private func refit() -> [Finding] {
    do throws(EncoderError) {
      _ = try encoder.fit(Array(signals.prefix(1)))
      let again = try encoder.fit(signals)
      guard again.stateJSON == subject.fitted.stateJSON else {
        return [Finding(.refit, "fitted again on the same samples, the state is another")]
      }
      let reversed = try encoder.fit(signals.reversed())
      guard reversed.stateJSON != subject.fitted.stateJSON else { return [] }
      return [Finding(.order, as: .note, "fitted on the samples in reverse, the state is another")]
    } catch {
      return [Finding(.refit, "cannot be fitted again: \(error.message)")]
    }
  }

  private func restoring() -> [Finding] {
    do throws(EncoderError) {
      let restored = try encoder.restore(state: subject.fitted.stateJSON)
      guard restored.schema == subject.fitted.schema else {
        return [Finding(.restoring, "read back, the schema is another")]
      }
      return try restored.rows(signals) == subject.rows
        ? [] : [Finding(.restoring, "read back, the rows are others")]
    } catch {
      return [Finding(.restoring, "cannot be read back: \(error.message)")]
    }
  }

  private func damaged() -> [Finding] {
    let state = subject.fitted.stateJSON
    return [Data(), Data("[".utf8), state.prefix(state.count / 2)].compactMap { damaged in
      do throws(EncoderError) {
        _ = try encoder.restore(state: damaged)
        return Finding(
          .badState, "\(damaged.count) of \(state.count) bytes are read without an error")
      } catch {
        return error.kind == .badState
          ? nil : Finding(.badState, "expected bad-state, found \(error.code)")
      }
    }
  }
}
