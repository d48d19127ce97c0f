import Foundation

/// A file that records what is typed and answered, as a console block shows it: `eau> COMMAND`, then
/// the answer, 80 columns wide and without colour, so that `replay` can compare it anywhere.
final class Transcript: Sendable {
  static let prompt = "eau> "
  static let style = TerminalStyle(width: 80, height: 24, colour: .none, unicode: true)

  let path: String
  private let descriptor: Int32

  /// - Throws: `file-exists` unless it may be added to, `cannot-write`.
  init(path: String, appending: Bool, seed: UInt64) throws {
    let place = (path as NSString).expandingTildeInPath
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | (appending ? 0 : O_EXCL)
    descriptor = open(place, flags, 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw CommandError(
          "file-exists", "\(path) is there already", hint: "choose another name, or add --append")
      }
      throw AtomicFile.refusal(path)
    }
    self.path = path
    writeAll("# \(Version.text), seed \(seed)\n", to: descriptor)
  }

  deinit { close(descriptor) }

  /// - Parameter typed: the command, for the first answer that belongs to it.
  /// - Returns: an error when the file can take no more.
  func add(_ outcome: CommandOutcome, typed: String?) -> CommandError? {
    let text = (typed.map { Self.prompt + $0 + "\n" } ?? "") + Self.text(of: outcome)
    return writeAll(text, to: descriptor) ? nil : AtomicFile.refusal(path)
  }

  static func text(of outcome: CommandOutcome) -> String {
    switch outcome.result {
    case .success(let report): TerminalRenderer(style: style).render(report)
    case .failure(let failure):
      (failure.report.map { TerminalRenderer(style: style).render($0) } ?? "")
        + Failure(failure.error).lines(style)
    }
  }
}
