import Dispatch
import ModalityKit
import Synchronization

/// The rows and previews of the samples, and of what is no sample at all.
struct RowChecks {
  let subject: Subject

  private var fitted: any FittedEncoder { subject.fitted }

  func findings() -> [Finding] {
    shapes() + names() + repeated() + concurrent() + previews() + hostile()
  }

  private func shapes() -> [Finding] {
    subject.rows.enumerated().compactMap { index, row in
      subject.fault(of: row).map { Finding(.rows, "sample \(index + 1): \($0)") }
    }
  }

  private func names() -> [Finding] {
    let names = fitted.schema.names
    if names.isEmpty { return [Finding(.names, "there are no features")] }
    if names.contains("") { return [Finding(.names, "a feature has no name")] }
    let repeated = names.count - Set(names).count
    return repeated == 0 ? [] : [Finding(.names, "\(repeated) features share the name of another")]
  }

  private func repeated() -> [Finding] {
    do throws(EncoderError) {
      guard try fitted.rows(subject.signals) == subject.rows else {
        return [Finding(.repeatable, "encoded again, a row is another")]
      }
      var reused = FeatureRow()
      for (signal, expected) in zip(subject.signals, subject.rows).reversed() {
        try fitted.encode(signal, into: &reused)
        guard reused == expected else {
          return [Finding(.reuse, "in a row that held another sample, a row is another")]
        }
      }
      return []
    } catch {
      return [Finding(.repeatable, "encoded again: \(error.message)")]
    }
  }

  private func concurrent() -> [Finding] {
    let differing = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 64) { round in
      let index = round % subject.signals.count
      var row = FeatureRow()
      do {
        try fitted.encode(subject.signals[index], into: &row)
        if row == subject.rows[index] { return }
      } catch {}
      differing.withLock { $0 += 1 }
    }
    let count = differing.withLock { $0 }
    return count == 0
      ? [] : [Finding(.concurrency, "\(count) of 64 rows made at once are others, or fail")]
  }

  private func previews() -> [Finding] {
    subject.signals.enumerated().compactMap { index, signal in
      do throws(EncoderError) {
        let views = try fitted.featureViews(signal)
        return ([try subject.encoder.preview(signal)] + views).lazy.compactMap(Self.fault).first
          .map { Finding(.preview, "sample \(index + 1): \($0)") }
      } catch {
        return Finding(.preview, "sample \(index + 1): \(error.message)")
      }
    }
  }

  static func fault(of preview: Preview) -> String? {
    switch preview.content {
    case .pixels(let width, let height, let rgb):
      guard width > 0, height > 0, rgb.count == 3 * width * height else {
        return "expected \(width) × \(height) RGB pixels, found \(rgb.count) bytes"
      }
    case .wave(let samples, let rate):
      guard rate.isFinite, rate > 0 else { return "expected a positive sample rate, found \(rate)" }
      guard samples.allSatisfy(\.isFinite) else { return "a sample of the wave is not finite" }
    case .grid(let grid):
      guard grid.rows > 0, grid.columns > 0, grid.values.count == grid.rows * grid.columns else {
        return "expected \(grid.rows) × \(grid.columns) values, found \(grid.values.count)"
      }
    case .directions(let field):
      let count = field.rows * field.columns * field.directions
      guard count > 0, field.strengths.count == count,
        field.strengths.allSatisfy({ $0.isFinite && $0 >= 0 })
      else {
        return "expected \(count) strengths of 0 or more, found \(field.strengths.count)"
      }
    case .tokens, .numbers: break
    }
    return nil
  }

  /// What decodes must encode or be refused, and be shown.
  private func hostile() -> [Finding] {
    HostileInputs.all.compactMap { name, input in
      guard let signal = try? subject.encoder.decode(input) else { return nil }
      var row = FeatureRow()
      if (try? fitted.encode(signal, into: &row)) != nil, let fault = subject.fault(of: row) {
        return Finding(.hostile, "\(name): \(fault)")
      }
      if let preview = try? subject.encoder.preview(signal), let fault = Self.fault(of: preview) {
        return Finding(.hostile, "preview of \(name): \(fault)")
      }
      if let fault = (try? fitted.featureViews(signal))?.lazy.compactMap(Self.fault).first {
        return Finding(.hostile, "feature view of \(name): \(fault)")
      }
      return nil
    }
  }
}
