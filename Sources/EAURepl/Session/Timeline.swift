/// What `undo` and `redo` travel along: the session before each command that changed it.
struct Timeline {
  struct Moment {
    /// The command that led away from here (of `past`), or that leads to here (of `future`).
    let command: String
    let session: Session
  }

  /// Older moments are forgotten. They share what did not change, so most cost nothing.
  static let longest = 50

  private(set) var past: [Moment] = []
  private(set) var future: [Moment] = []

  /// Notes what a command changed; what was undone before is gone.
  mutating func note(_ command: String, before session: Session) {
    past.append(Moment(command: command, session: session.withoutTimeline))
    if past.count > Self.longest { past.removeFirst(past.count - Self.longest) }
    future = []
  }

  /// Goes back one command, or forth again.
  /// - Returns: the command that was undone or done again, and the session as it is then; nil at
  ///   the end of the line.
  func step(_ direction: Direction, from session: Session) -> (command: String, session: Session)? {
    var timeline = self
    guard let moment = direction == .back ? timeline.past.popLast() : timeline.future.popLast()
    else { return nil }
    let here = Moment(command: moment.command, session: session.withoutTimeline)
    if direction == .back { timeline.future.append(here) } else { timeline.past.append(here) }
    var there = session.at(moment.session)
    there.timeline = timeline
    return (moment.command, there)
  }

  enum Direction { case back, forth }
}

extension Session {
  fileprivate var withoutTimeline: Session {
    var session = self
    session.timeline = Timeline()
    return session
  }
}
