import Foundation
import LineEditor

/// The ways the word before the cursor can go on.
struct Completion: Equatable, Sendable {
  /// Byte offset in the line's UTF-8 at which the word begins; nil: after the last blank or `;`
  /// before the cursor.
  var start: Int?
  /// Whole words. One that ends in `/` or `=` stays open; any other gets a blank behind it.
  var candidates: [String]
  /// How many others there are, which begin as these do.
  var more: Int

  init(_ candidates: [String], start: Int? = nil, more: Int = 0) {
    self.start = start
    self.candidates = candidates
    self.more = more
  }
}

/// Lines edited at a terminal: emacs keys, history with ctrl-R search, completion on TAB.
final class EditedLines: LineSource {
  /// Gets the line and the cursor's byte offset in its UTF-8.
  typealias Completer = (_ line: String, _ cursor: Int) -> Completion

  private let editor: OpaquePointer
  private let prompt: String
  private let historyFile: String?
  private let complete: Completer

  /// True when both stdin and stdout are terminals; anything less gets `PipedLines`.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// - Parameters:
  ///   - prompt: shown before each line.
  ///   - historyFile: read now and written after each line, with mode 600; nil keeps no history
  ///     beyond the session.
  ///   - complete: the answer to TAB.
  /// - Returns: nil when there is no terminal on stdin and stdout.
  init?(
    prompt: String, historyFile: String? = nil,
    complete: @escaping Completer = { _, _ in Completion([]) }
  ) {
    guard Self.isPossible, let editor = eau_line_editor_create(prompt) else { return nil }
    self.editor = editor
    self.prompt = prompt
    self.historyFile = historyFile
    self.complete = complete
    if let historyFile { _ = eau_line_editor_load_history(editor, historyFile) }
    // Unretained: the editor lives no longer than `self`, which destroys it.
    eau_line_editor_set_completion(
      editor,
      { context, editor, line, cursor in
        guard let context, let editor, let line else { return }
        let lines = Unmanaged<EditedLines>.fromOpaque(context).takeUnretainedValue()
        lines.answer(editor, line: String(cString: line), cursor: Int(cursor))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { eau_line_editor_destroy(editor) }

  /// A line, and what continues it: after a backslash at its end the next one, after an open quote the
  /// rest of the sentence, with a blank for the line break.
  func nextLine() -> LineEvent {
    defer { eau_line_editor_set_prompt(editor, prompt) }
    var whole = ""
    while true {
      let event = readLine()
      // Ctrl-D within a command ends the command: what it lacks, the error says.
      guard case .line(let line) = event else {
        return event == .end && !whole.isEmpty ? .line(whole) : event
      }
      whole += line
      guard let continuation = Tokenizer.continuation(of: whole),
        whole.utf8.count <= Tokenizer.longestText
      else {
        remember(whole)
        return .line(whole)
      }
      switch continuation {
      case .backslash: whole.removeLast()
      case .quote: whole += " "
      }
      // As wide as the first prompt, so that the lines stand below each other.
      let dots = String(repeating: ".", count: max(displayWidth(prompt) - 2, 1))
      eau_line_editor_set_prompt(editor, dots + "> ")
    }
  }

  private func readLine() -> LineEvent {
    var status = EAU_LINE_END
    guard let text = eau_line_editor_read(editor, &status) else {
      return status == EAU_LINE_INTERRUPTED ? .interrupted : .end
    }
    defer { free(text) }
    return .line(String(cString: text))
  }

  /// Adds a line to the history. A blank line is not kept, nor one that begins with a blank: the
  /// shells' way to leave no trace.
  private func remember(_ line: String) {
    guard let first = line.unicodeScalars.first, !first.properties.isWhitespace else { return }
    // Two prompts at once shall not lose each other's lines.
    if let historyFile { eau_line_editor_merge_history(editor, historyFile) }
    eau_line_editor_add_history(editor, line)
    guard let historyFile else { return }
    let folder = (historyFile as NSString).deletingLastPathComponent
    if !folder.isEmpty && !FileManager.default.fileExists(atPath: folder) {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    // A history that cannot be written is no reason to disturb the session.
    _ = eau_line_editor_save_history(editor, historyFile)
  }

  private func answer(_ editor: OpaquePointer, line: String, cursor: Int) {
    let completion = complete(line, cursor)
    if let start = completion.start, start >= 0 {
      eau_line_editor_set_completion_start(editor, start)
    }
    eau_line_editor_set_more(editor, max(completion.more, 0))
    for candidate in completion.candidates {
      eau_line_editor_add_candidate(editor, candidate)
    }
  }

  /// `$EAU_HISTORY`, else `eau/history` in `$XDG_STATE_HOME` or `~/.local/state`; nil without a
  /// home, or when `$EAU_HISTORY` is empty: then nothing is kept.
  static func defaultHistoryFile(environment: [String: String]) -> String? {
    if let chosen = environment["EAU_HISTORY"] { return chosen.isEmpty ? nil : chosen }
    return StateFolder.path(environment).map { "\($0)/history" }
  }
}
