import Foundation
import Modalities
import ModalityKit

extension ExplainContext {
  /// One word's value: how often it is there, how rare it is, and the length of the row.
  func explainTFIDF() throws -> Explanation {
    let part = try part(kind: BagOfWordsEncoder.descriptor.identifier, term: .tfidf)
    guard let fitted = part.fitted, let text = part.current?.value as? TokenizedText else {
      throw Self.unreadable(part)
    }
    let encoder = try BagOfWordsEncoder(
      configuration: JSONDecoder().decode(
        BagOfWordsConfiguration.self, from: part.encoder.configurationJSON))
    let state = try JSONDecoder().decode(BagOfWordsEncoder.State.self, from: fitted.stateJSON)
    let known = encoder.knownWords(text, state).map(\.word)
    guard let first = known.first else {
      throw CommandError(
        "nothing-to-explain", "no word of the \(part.modality) was seen in training",
        hint: "a word without a column has no value: `load \(part.modality) …` another text")
    }
    let word = self.word?.lowercased() ?? first
    guard known.contains(word), let trace = encoder.trace(text, state, word: word) else {
      throw CommandError(
        "unknown-word", "\"\(printable(word))\" is no word of the current text with a column",
        hint: didYouMean(word, among: known).map { "did you mean --term \($0)?" }
          ?? "choose from: \(known.prefix(12).joined(separator: ", "))")
    }
    let row = try featureRow(part)
    let place = row.indices?.firstIndex { Int($0) == trace.column } ?? 0
    return Explanation(
      term: .tfidf, formula: ["value = tf · idf / length,  idf = \(Self.idfFormula(trace))"],
      setting: "\(part.modality), word \"\(word)\", weighting "
        + "\(trace.configuration.weighting.rawValue), norm \(trace.configuration.norm.rawValue)"
        + (trace.configuration.sublinear ? ", sublinear" : ""),
      steps: steps(trace), results: [("word:\(word)", trace.value)],
      model: [Double(row.values[place])], printedBy: "`inspect \(part.modality) --features` prints",
      meaning:
        "A word counts for more the fewer training texts have it: what every text says tells "
        + "no text from another. Dividing by the length makes long and short texts comparable.")
  }

  private static func idfFormula(_ trace: TermTrace) -> String {
    if trace.configuration.weighting == .counts { return "1" }
    return trace.configuration.smoothIdf ? "ln((1 + N)/(1 + df)) + 1" : "ln(N/df) + 1"
  }

  private func steps(_ trace: TermTrace) -> [ExplanationStep] {
    let tf = trace.configuration.sublinear ? 1 + log(Double(trace.count)) : Double(trace.count)
    let one = trace.configuration.smoothIdf ? 1 : 0
    let ratio = trace.texts.map { "ln(\($0 + one)/\(trace.documents + one)) + 1" } ?? ""
    let own = tf * trace.idf
    var steps: [ExplanationStep] = [
      .equation(
        "tf (\(trace.count) of the \(trace.words) words)",
        trace.configuration.sublinear ? "1 + ln \(trace.count)" : "count", is: tf),
      .equation(
        trace.texts.map { "idf (\(trace.documents) of \($0) training texts have it)" } ?? "idf",
        ratio, is: trace.idf),
      .equation(
        "tf · idf", "", "\(MathText.number(tf)) · \(MathText.number(trace.idf))", is: own),
    ]
    switch trace.configuration.norm {
    case .l2:
      let squares = trace.weighted.map { $0.value * $0.value }
      steps += [
        .sum("length²", "Σ over \(squares.count) words (tf · idf)²", squares),
        .equation("length", "√length²", is: trace.norm),
      ]
    case .l1:
      steps.append(
        .sum("length", "Σ over the words tf · idf", trace.weighted.map { abs($0.value) }))
    case .none: steps.append(.remark("The norm is none: nothing is divided."))
    }
    steps.append(
      .equation(
        "value", "tf · idf / length", "\(MathText.number(own)) / \(MathText.number(trace.norm))",
        is: own / trace.norm))
    return steps
  }
}
