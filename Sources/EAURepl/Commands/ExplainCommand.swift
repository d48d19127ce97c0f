struct ExplainCommand: Command {
  static let name = "explain"
  static let usage = "explain TERM [MODALITY] [--dimension D] [--term WORD]"
  static let summary = "a formula with this sample's numbers in it, step by step"
  static let examples = [
    "explain alpha", "explain udr image", "explain fused --dimension 7",
    "explain tf-idf --term cat",
  ]
  static let details =
    "Every number is computed from the current sample, spoiled as it is, under the current model."
  static let parameters: [Parameter] = [
    .word("TERM", .choice(ExplainedTerm.allCases.map(\.rawValue)), "what to explain"),
    .word(
      "MODALITY", .modality, "whose Gaussian or signal (the first one present)", optional: true),
    .option(
      "dimension", .integers(0...4095),
      "which dimension of the Gaussians, from 0; of an MFCC, which coefficient"),
    .option("term", .text("WORD"), "of tf-idf: which word (the one with the largest value)"),
  ]
  static let seeAlso = ["lesson", "weights", "predict", "inspect"]

  private let term: ExplainedTerm
  private let modality: String?
  private let dimension: Int?
  private let word: String?

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(1...2, Self.self)
    term = try ExplainedTerm.find(words[0])
    modality = words.count > 1 ? words[1] : nil
    dimension = try arguments.integer(of: "dimension", in: 0...4095)
    word = try arguments.value(of: "term")
    if word != nil, term != .tfidf {
      throw CommandError.usage(Self.self, "--term goes with tf-idf")
    }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let context = try ExplainContext(
      session, of: term, modality: modality, dimension: dimension, word: word)
    return try term.explain(context).report(sample: context.sampleText)
  }
}
