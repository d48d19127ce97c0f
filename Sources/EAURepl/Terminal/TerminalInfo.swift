import Foundation
import LineEditor

/// How many colours a terminal shows.
enum ColourLevel: Int, Comparable, Sendable, CaseIterable {
  case none, ansi16, ansi256, trueColour

  static func < (left: ColourLevel, right: ColourLevel) -> Bool { left.rawValue < right.rawValue }
}

/// What the drawing code needs to know of the place it draws for.
struct TerminalStyle: Equatable, Sendable {
  /// In character cells, `TerminalStyle.widths`.
  var width: Int
  /// In character cells, at least 1.
  var height: Int
  var colour: ColourLevel
  /// False: the drawing itself keeps to ASCII (text from data stays as it is).
  var unicode: Bool

  /// Narrower than 20 nothing can be drawn; wider than 1000 is a mistake.
  static let widths = 20...1000

  init(width: Int = 80, height: Int = 24, colour: ColourLevel = .none, unicode: Bool = true) {
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.height = max(height, 1)
    self.colour = colour
    self.unicode = unicode
  }

  /// The style of an output, from what is known of it.
  ///
  /// Size: `COLUMNS` and `LINES` where set, then the terminal's own, then 80 × 24. Colour: a
  /// non-empty `NO_COLOR` forbids it (https://no-color.org), `CLICOLOR_FORCE` other than 0 allows
  /// it everywhere (https://bixense.com/clicolors), else it needs a terminal whose `TERM` is set
  /// and not `dumb`. Unicode: the first of `LC_ALL`, `LC_CTYPE`, `LANG` that is not empty names
  /// UTF-8.
  static func detect(descriptor: Int32, environment: [String: String]) -> TerminalStyle {
    var columns: Int32 = 0
    var rows: Int32 = 0
    let sized = eau_terminal_size(descriptor, &columns, &rows)
    return detect(
      isTerminal: isatty(descriptor) == 1,
      size: sized ? (Int(columns), Int(rows)) : nil, environment: environment)
  }

  /// The same, with the facts about the descriptor given.
  static func detect(
    isTerminal: Bool, size: (columns: Int, rows: Int)?, environment: [String: String]
  ) -> TerminalStyle {
    func positive(_ name: String) -> Int? {
      environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    return TerminalStyle(
      width: positive("COLUMNS") ?? size?.columns ?? 80,
      height: positive("LINES") ?? size?.rows ?? 24,
      colour: colourLevel(isTerminal: isTerminal, environment: environment),
      unicode: isUnicode(environment))
  }

  private static func colourLevel(
    isTerminal: Bool, environment: [String: String]
  ) -> ColourLevel {
    if environment["NO_COLOR"]?.isEmpty == false { return .none }
    let force = environment["CLICOLOR_FORCE"] ?? ""
    let isForced = !force.isEmpty && force != "0"
    let terminal = environment["TERM"] ?? ""
    if !isForced {
      if !isTerminal || terminal.isEmpty || terminal == "dumb" { return .none }
      if environment["CLICOLOR"] == "0" { return .none }
    }
    let colours = environment["COLORTERM"]?.lowercased() ?? ""
    if colours == "truecolor" || colours == "24bit" || terminal.hasSuffix("-direct") {
      return .trueColour
    }
    return terminal.contains("256color") ? .ansi256 : .ansi16
  }

  private static func isUnicode(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let lower = locale.lowercased()
    return lower.contains("utf-8") || lower.contains("utf8")
  }
}
