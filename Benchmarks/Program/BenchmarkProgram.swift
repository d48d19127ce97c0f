import Foundation

/// One side of a race: prepares a work, then repeats it for a while whenever a line comes in.
///
/// `eau-bench WORK FOLDER`. For each line read, one line of JSON is written: how much was done, in
/// the unit of the work, in how many seconds by the wall and by this process's own clock. The peers'
/// programs speak the same, so that `run.py` can let both take turns.
@main
enum BenchmarkProgram {
  /// Of one turn.
  static let seconds = 0.4

  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let work = works.first(where: { $0.name == arguments[1] }) else {
      let names = works.map(\.name).joined(separator: "|")
      FileHandle.standardError.write(Data("usage: eau-bench \(names) FOLDER\n".utf8))
      exit(2)
    }
    do {
      let run = try work.prepare(arguments[2])
      _ = try run()
      while readLine() != nil {
        let (start, own) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
        var (done, elapsed) = (0.0, 0.0)
        repeat {
          done += try run()
          elapsed = now(CLOCK_MONOTONIC) - start
        } while elapsed < seconds
        let cpu = now(CLOCK_PROCESS_CPUTIME_ID) - own
        let line = "{\"done\": \(done), \"seconds\": \(elapsed), \"cpu\": \(cpu)}\n"
        FileHandle.standardOutput.write(Data(line.utf8))
      }
    } catch {
      FileHandle.standardError.write(Data("eau-bench \(work.name): \(error)\n".utf8))
      exit(1)
    }
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  struct Work {
    let name: String
    /// Reads the material in a folder and gives what is to be repeated; it answers how much it did.
    let prepare: (_ folder: String) throws -> () throws -> Double
  }

  static var works: [Work] { EncoderWorks.all + PluginWorks.all }
}
