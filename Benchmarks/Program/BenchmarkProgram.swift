import Foundation

/// One side of a race: prepares a work, then repeats it for a while whenever a line comes in.
///
/// `eau-bench WORK FOLDER [THREADS]`. For each line read, one line of JSON is written: how much was
/// done, in the unit of the work, in how many seconds by the wall and by this process's own clock;
/// to the line `check`, numbers by which another side can be seen to do the same work. The peers'
/// programs speak the same, so that `run.py` can let all take turns.
///
/// `eau-bench growth KIND SIZE` measures one point of how cost grows, for `growth.py`.
@main
enum BenchmarkProgram {
  /// Of one turn.
  static let seconds = 0.4

  static func main() {
    let arguments = CommandLine.arguments
    do {
      if arguments.count == 4, arguments[1] == "growth",
        let kind = GrowthKind(rawValue: arguments[2]),
        let size = Int(arguments[3]), size > 0
      {
        try answer(kind.measure(size))
      } else if (3...4).contains(arguments.count),
        let work = works.first(where: { $0.name == arguments[1] }),
        let threads = arguments.count == 4 ? Int(arguments[3]) : 1, threads > 0
      {
        try takeTurns(work.prepare(Place(folder: arguments[2], threads: threads)))
      } else {
        explain()
      }
    } catch {
      write(
        "eau-bench \(arguments.dropFirst().joined(separator: " ")): \(error)\n", to: .standardError)
      exit(1)
    }
  }

  private static func explain() -> Never {
    let works = works.map(\.name).joined(separator: "|")
    let kinds = GrowthKind.allCases.map(\.rawValue).joined(separator: "|")
    write(
      """
      usage: eau-bench \(works) FOLDER [THREADS]
             eau-bench growth \(kinds) SIZE

      """, to: .standardError)
    exit(2)
  }

  private static func takeTurns(_ run: Run) throws {
    while let line = readLine() {
      if line == "check" {
        try answer(Check(check: try run.check()))
      } else {
        try answer(try turn(run.perform))
      }
    }
  }

  private struct Check: Encodable {
    let check: [Double]
  }

  private struct Turn: Encodable {
    let done: Double
    let seconds: Double
    let cpu: Double
  }

  private static func turn(_ perform: () throws -> Double) throws -> Turn {
    let (start, own) = (Clock.wall(), Clock.own())
    var (done, elapsed) = (0.0, 0.0)
    repeat {
      done += try perform()
      elapsed = Clock.wall() - start
    } while elapsed < seconds
    return Turn(done: done, seconds: elapsed, cpu: Clock.own() - own)
  }

  private static func answer(_ value: some Encodable) throws {
    write(
      String(decoding: try JSONEncoder().encode(value), as: UTF8.self) + "\n", to: .standardOutput)
  }

  private static func write(_ text: String, to file: FileHandle) { file.write(Data(text.utf8)) }

  static var works: [Work] { EncoderWorks.all + PluginWorks.all + FusionWorks.all }
}
