import ModalityKit
import SeededRandom

struct SampleCommand: Command {
  static let name = "sample"
  static let usage = "sample N | sample ID | sample next | sample last | sample random"
  static let summary = "make a sample of the open data set the current one"
  static let examples = ["sample 12", "sample next", "sample random"]
  static let parameters: [Parameter] = [
    .word("SAMPLE", .either([.choice(words), .sample]), "which one")
  ]
  static let seeAlso = ["samples", "load", "inspect"]

  /// What is no id.
  static let words = ["next", "last", "random"]

  private let wanted: String

  init(_ arguments: Arguments) throws {
    wanted = try arguments.words(1...1, Self.self)[0]
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let data = try session.openData()
    let index = try index(in: data.dataset, session)
    let sample = try session.makeSample(at: index, of: data)
    session.sample = sample
    session.sampleIndex = index
    return SampleView.report(sample)
  }

  private func index(in dataset: Dataset, _ session: Session) throws -> Int {
    let count = dataset.samples.count
    switch wanted {
    case "next": return session.sampleIndex.map { ($0 + 1) % count } ?? 0
    case "last":
      guard let index = session.lastSampleIndex else {
        throw CommandError(
          "unknown-sample", "there was no sample before this one", hint: "try `sample next`")
      }
      return index
    case "random":
      // A walk of its own for each place one stands at: repeatable, and never stuck.
      var generator = SeededGenerator(
        seed: session.seed, stream: stableHash("sample"), UInt64(session.sampleIndex ?? count))
      return generator.index(below: count)
    default: break
    }
    if let index = dataset.samples.ids.firstIndex(of: wanted) { return index }
    guard let number = Int(wanted) else {
      throw CommandError(
        "unknown-sample", "no sample has the id \"\(printable(wanted))\"",
        hint: "samples are numbered 1…\(count); `samples` lists them")
    }
    guard (1...count).contains(number) else {
      throw CommandError(
        "unknown-sample", "there is no sample \(number)", hint: "samples are numbered 1…\(count)")
    }
    return number - 1
  }
}
