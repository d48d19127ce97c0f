import LineEditor

/// Ctrl-C during a command: a flag the command looks at between two steps.
///
/// A third ctrl-C without `clear` between ends the process, so that a command which never looks
/// cannot hang for good.
enum Interrupt {
  /// From now on SIGINT sets the flag instead of ending the process.
  static func install() { eau_interrupt_install() }

  static var isRequested: Bool { eau_interrupt_requested() }

  /// Call before each command.
  static func clear() { eau_interrupt_clear() }
}
