import EncoderChecks
import ModalityKit
import Testing

/// Every check finds its fault, and nothing is found in a sound encoder.
@Suite struct EncoderInspectionTests {
  private static let samples: [RawInput] = [[1, 2, 3, 4], [5, 6, 7, 8], [-1, 0, 1, 0]]
    .map(RawInput.numbers)

  private static let expected: [(fault: FaultyEncoder.Fault, check: EncoderCheck)] = [
    (.capitalIdentifier, .identifier), (.versionZero, .identifier), (.noModality, .identifier),
    (.twinParameters, .parameters), (.wildDefault, .parameters), (.lostField, .configuration),
    (.changedConfiguration, .configuration), (.anyBounds, .bounds), (.fitsNothing, .fittingNothing),
    (.shortRow, .rows), (.notFinite, .rows), (.sparseUnasked, .rows), (.twinNames, .names),
    (.noNames, .names), (.drifting, .repeatable), (.drifting, .concurrency), (.appending, .reuse),
    (.remembering, .refit), (.ordered, .order), (.forgetful, .restoring), (.anyState, .badState),
    (.badPreview, .preview), (.learnsSecretly, .fittingNothing), (.emptyGrid, .preview),
    (.hostileNotFinite, .hostile), (.zeroSpoils, .severityZero),
    (.seedless, .seed), (.negativeAmount, .realised), (.weaker, .realised),
    (.spoiledShort, .spoiled),
    (.spoilsOriginal, .untouched), (.anyKind, .unknownCorruption),
  ]

  private func findings(_ fault: FaultyEncoder.Fault) -> [Finding] {
    EncoderInspection(FaultyEncoder.type(fault), samples: Self.samples).findings()
  }

  @Test func aSoundEncoderHasNoFindings() {
    #expect(findings(.none) == [])
  }

  @Test(arguments: expected.indices) func aFaultIsFound(_ index: Int) {
    let (fault, check) = Self.expected[index]
    let findings = findings(fault)
    #expect(findings.contains { $0.check == check }, "\(fault): \(findings)")
    #expect(findings.allSatisfy { !$0.message.isEmpty })
  }

  @Test func everyFaultAndNearlyEveryCheckIsTried() {
    #expect(Set(Self.expected.map(\.fault)).count == FaultyEncoder.Fault.allCases.count - 1)
    let untried = Set(EncoderCheck.allCases).subtracting(Self.expected.map(\.check))
    #expect(
      untried == [.decoding, .process], "what cannot be read is tried below, processes by the REPL")
  }

  @Test func samplesThatCannotBeReadAreNamed() {
    let findings = EncoderInspection(
      FaultyEncoder.type(.none), samples: [.text("words"), .numbers([1, 2, 3, 4])]
    ).findings()
    #expect(findings.map(\.check) == [.decoding, .decoding])
    #expect(findings[0].message.contains("expected numbers"))
  }

  @Test func checksExplainThemselves() {
    let explanations = EncoderCheck.allCases.map(\.explanation)
    #expect(explanations.allSatisfy { $0.hasSuffix(".") && $0.count > 30 })
    #expect(Set(explanations).count == EncoderCheck.allCases.count)
    #expect(Set(EncoderCheck.allCases.map(\.rawValue)).count == EncoderCheck.allCases.count)
    #expect(Finding(.rows, as: .warning, "short").description == "warning row-shape: short")
  }
}
