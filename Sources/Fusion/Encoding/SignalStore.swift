import Foundation
import ModalityKit
import Synchronization

/// The decoded signals of one modality, decoded when asked for; as many are kept as fit a budget.
///
/// What came first stays: work goes over the samples in rounds, and in a round too long for the
/// budget the signal used last is the one needed latest.
public final class SignalStore: Sendable {
  /// Bytes a modality may keep.
  public static let defaultBudget = 64 << 20

  public let encoder: any ErasedEncoder
  let name: String
  let inputs: RawInputs
  private let identifiers: TextColumn
  private let budget: Int
  private let kept = Mutex<(signals: [Int: ErasedSignal], bytes: Int)>(([:], 0))

  init(
    _ dataset: Dataset, modality: Int, encoder: any ErasedEncoder,
    budget: Int = SignalStore.defaultBudget
  ) {
    self.encoder = encoder
    name = dataset.modalities[modality]
    inputs = dataset.samples.inputs[modality]
    identifiers = dataset.samples.ids
    self.budget = budget
  }

  deinit {
    let (signals, bytes) = kept.withLock { $0 }
    guard bytes > Self.quicklyGone else { return }
    // Some hundred thousand signals take a tenth of a second to let go, which nobody shall wait for.
    DispatchQueue.global(qos: .utility).async { withExtendedLifetime(signals) {} }
  }

  /// Bytes of signals that are let go at once.
  private static let quicklyGone = 16 << 20

  public func isPresent(_ sample: Int) -> Bool { inputs.isPresent(sample) }

  /// nil where the modality is missing.
  ///
  /// - Throws: `FusionError` naming the sample.
  public func signal(_ sample: Int) throws(FusionError) -> ErasedSignal? {
    if let signal = kept.withLock({ $0.signals[sample] }) { return signal }
    guard let input = inputs[sample] else { return nil }
    do throws(EncoderError) {
      let signal = try encoder.decode(input)
      let size = encoder.memory(of: signal)
      kept.withLock { kept in
        guard kept.bytes + size <= budget, kept.signals[sample] == nil else { return }
        kept.signals[sample] = signal
        kept.bytes += size
      }
      return signal
    } catch {
      throw refusal(sample, error)
    }
  }

  func refusal(_ sample: Int, _ error: EncoderError) -> FusionError {
    FusionError.sample(identifiers[sample], modality: name, error)
  }
}

/// The signals of some samples in their order, for an encoder to learn from: a few at a time are
/// decoded ahead on all threads, so that a data set of any size can be learned from.
///
/// May be gone over once. An input that cannot be decoded ends the sequence; `failure` tells.
final class DecodedSignals: Sequence, IteratorProtocol {
  private static let ahead = 64

  private let store: SignalStore
  private let samples: [Int]
  private let monitor: WorkMonitor
  private var position = 0
  private var ready: ArraySlice<ErasedSignal> = []
  private(set) var failure: (any Error)?

  /// - Parameter samples: that have the modality.
  init(_ store: SignalStore, samples: [Int], monitor: WorkMonitor) {
    self.store = store
    self.samples = samples
    self.monitor = monitor
  }

  func next() -> ErasedSignal? {
    if ready.isEmpty { decodeAhead() }
    return ready.popFirst()
  }

  private func decodeAhead() {
    let block = Array(samples[position..<Swift.min(position + Self.ahead, samples.count)])
    // What was taken from a slice is held by it until it goes.
    ready = []
    guard failure == nil, !block.isEmpty else { return }
    let what = "learning from \(store.name)"
    let part = monitor.part(position..<position + block.count, of: samples.count)
    do {
      let store = self.store
      ready = try parallelMap(count: block.count, what, monitor: part) {
        try store.signal(block[$0])
      }.compactMap { $0 }[...]
    } catch {
      failure = error
    }
    position += block.count
  }
}
