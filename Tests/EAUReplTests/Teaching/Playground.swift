import Autograd
import Testing

@testable import EAURepl

/// A session in this process: commands run as at a prompt, and the session can be looked into.
struct Playground {
  private(set) var session = Session(seed: 1)
  private let console = Console(environment: [:], colour: false, threads: 2)

  init(_ commands: String...) throws {
    setBLASThreads(1)
    for command in commands { try run(command) }
  }

  /// The last command's report.
  /// - Throws: the `Failure` of the first command that fails.
  @discardableResult
  mutating func report(_ line: String) throws -> Report {
    var last = Report()
    for statement in try Tokenizer.statements(in: line) {
      let outcome = Interpreter(console: console, allowsPrefixes: false)
        .run(statement, &session, place: nil)
      last = try outcome.result.get()
    }
    return last
  }

  /// Goes past the open lesson's steps before that one, from 0.
  mutating func skip(to step: Int) {
    while let open = session.desk.lesson, open.index < step {
      guard (try? run("lesson skip")) != nil else { return }
    }
  }

  @discardableResult
  mutating func run(_ line: String) throws -> JSONValue { try report(line).result }

  /// The error that a command must end in.
  mutating func failure(_ line: String) throws -> Failure {
    do {
      try run(line)
    } catch let failure as Failure {
      return failure
    }
    Issue.record("\(line) went well")
    throw CancellationError()
  }
}

extension JSONValue {
  func number(_ path: String...) throws -> Double {
    var place = self
    for name in path { place = try #require(place[name], "\(name) in \(keys)") }
    return try #require(place.double)
  }

  func numbers(_ name: String) throws -> [Double] {
    try #require(self[name]?.finiteNumbers, "\(name)")
  }
}

/// Whether two numbers agree to a share of their size.
func agree(_ a: Double, _ b: Double, _ share: Double = 1e-6) -> Bool {
  abs(a - b) <= share * max(abs(a), abs(b), 1e-3)
}
