import Foundation
import ModalityKit
import SeededRandom
import Synchronization

/// A sound encoder of lists of numbers with one fault of choice.
struct FaultyEncoder: ErasedEncoder {
  enum Fault: String, CaseIterable, Sendable {
    case none, capitalIdentifier, versionZero, noModality, twinParameters, wildDefault, lostField,
      changedConfiguration, anyBounds, fitsNothing, learnsSecretly, emptyGrid, shortRow, notFinite,
      sparseUnasked, twinNames,
      noNames, drifting, appending, remembering, ordered, forgetful, anyState, badPreview,
      hostileNotFinite, zeroSpoils, seedless, negativeAmount, weaker, spoiledShort, spoilsOriginal,
      anyKind
  }

  let fault: Fault
  /// What a fault that must not be a value remembers.
  let memory = Memory()

  final class Memory: Sendable {
    let count = Mutex(0)
    let original = Mutex(false)
    func next() -> Int {
      count.withLock {
        $0 += 1
        return $0
      }
    }
  }

  static func type(_ fault: Fault) -> EncoderType {
    let encoder = FaultyEncoder(fault: fault)
    return EncoderType(descriptor: encoder.descriptor, corruptions: encoder.corruptions) {
      (json: Data?) throws(EncoderError) in
      guard let json, fault != .anyBounds else { return FaultyEncoder(fault: fault) }
      guard !String(decoding: json, as: UTF8.self).contains("101") else {
        throw EncoderError(.badParameter, "width expects 1…100, found 101", hint: "less")
      }
      return FaultyEncoder(fault: fault == .changedConfiguration ? .lostField : fault)
    }
  }

  var descriptor: EncoderDescriptor {
    let width = ParameterDescriptor(
      "width", .integer(1...100, default: fault == .wildDefault ? 0 : 4), "how many")
    return EncoderDescriptor(
      identifier: fault == .capitalIdentifier ? "Faulty" : "faulty",
      version: fault == .versionZero ? 0 : 1, modality: fault == .noModality ? "" : "numbers",
      summary: "numbers", accepts: "numbers",
      parameters: fault == .twinParameters ? [width, width] : [width],
      traits: fault == .learnsSecretly ? [.stateless] : [])
  }

  var corruptions: [CorruptionDescriptor] { [.init(name: "noise", summary: "noise")] }

  var configurationJSON: Data {
    Data((fault == .lostField ? "{}" : "{\"width\":4}").utf8)
  }

  func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal {
    guard case .numbers(let values) = raw else {
      throw EncoderError(.wrongInput, "expected numbers", hint: "give numbers")
    }
    return ErasedSignal(values)
  }

  func numbers(_ signal: ErasedSignal) -> [Double] { signal.value as? [Double] ?? [] }

  func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview {
    fault == .badPreview
      ? Preview(.pixels(width: 2, height: 2, rgb: [0]), caption: "")
      : Preview(.numbers(numbers(signal)), caption: "")
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    guard kind == "noise" || fault == .anyKind else {
      throw EncoderError(.unknownCorruption, "no \(kind)", hint: "noise")
    }
    if fault == .spoilsOriginal { memory.original.withLock { $0 = true } }
    guard severity > 0 || fault == .zeroSpoils else {
      return Corrupted(signal: signal, realised: .none)
    }
    var generator = SeededGenerator(
      seed: fault == .seedless ? UInt64(memory.next()) : seed, stream: 1)
    var values = numbers(signal).map { $0 + (severity + 1) * generator.normal() }
    if fault == .spoiledShort { values.removeLast() }
    let amount = fault == .negativeAmount ? -1 : fault == .weaker ? 1 / severity : severity
    return Corrupted(
      signal: ErasedSignal(values), realised: .init(amount: amount, text: "noise"))
  }

  func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder {
    let signals = Array(signals)
    guard !signals.isEmpty || [.fitsNothing, .learnsSecretly].contains(fault) else {
      throw EncoderError(.nothingToFit, "expected samples, found none", hint: "give some")
    }
    var state = "\(signals.count)"
    if fault == .remembering { state = "\(memory.next())" }
    if fault == .ordered { state = "\(signals.first.map { numbers($0)[0] } ?? 0)" }
    return FaultyFitted(base: self, state: state)
  }

  func restore(state: Data) throws(EncoderError) -> any FittedEncoder {
    let text = String(decoding: state, as: UTF8.self)
    guard fault == .anyState || (text.hasPrefix("{") && text.hasSuffix("}")) else {
      throw EncoderError(.badState, "damaged", hint: "train again")
    }
    return FaultyFitted(
      base: FaultyEncoder(fault: fault == .forgetful ? .shortRow : fault),
      state: String(text.dropFirst(6).dropLast(2)))
  }
}

struct FaultyFitted: FittedEncoder {
  let base: FaultyEncoder
  let state: String

  var encoder: any ErasedEncoder { base }
  var stateJSON: Data { Data("{\"s\":\"\(state)\"}".utf8) }

  var schema: FeatureSchema {
    switch base.fault {
    case .twinNames: FeatureSchema(names: ["a", "a", "b", "c"])
    case .noNames: FeatureSchema(names: ["a", "b", "", "c"])
    default: FeatureSchema(names: ["a", "b", "c", "d"])
    }
  }

  func warnings(_ signal: ErasedSignal) -> [String] { [] }

  func featureViews(_ signal: ErasedSignal) throws(EncoderError) -> [Preview] {
    guard base.fault == .emptyGrid else { return [] }
    return [
      Preview(
        .grid(
          .init(rows: 2, columns: 2, values: [], vertical: ("", ""), horizontal: ("", ""))),
        caption: "")
    ]
  }

  func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError) {
    let values = base.numbers(signal)
    guard values.count == 4 || base.fault == .hostileNotFinite || base.fault == .spoiledShort else {
      throw EncoderError(.wrongInput, "expected 4 numbers, found \(values.count)", hint: "count")
    }
    if base.fault == .sparseUnasked {
      row.startSparse()
    } else if base.fault != .appending {
      row.startDense(capacity: 4)
    }
    let kept = base.fault == .shortRow ? 3 : values.count
    for (index, value) in values.prefix(kept).enumerated() {
      var number = Float(value)
      if base.fault == .notFinite { number = .nan }
      if base.fault == .drifting { number += Float(base.memory.next()) }
      if base.memory.original.withLock({ $0 }) { number += 1 }
      if row.indices != nil { row.append(number, at: index) } else { row.append(number) }
    }
  }
}
