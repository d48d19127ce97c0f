/// One line of output before it becomes bytes. Its text is clean: only `Sheet.clean` brings data in.
struct StyledLine: Equatable, Sendable {
  struct Span: Equatable, Sendable {
    var text: String
    var ink: Ink
  }

  private(set) var spans: [Span] = []
  /// Data for programs, which no page's edge may cut.
  var isWhole = false

  init() {}

  init(_ text: String, _ ink: Ink = .plain) { append(text, ink) }

  var width: Int { spans.reduce(0) { $0 + displayWidth($1.text) } }

  /// The line without its inks.
  var text: String { spans.map(\.text).joined() }

  mutating func append(_ text: String, _ ink: Ink = .plain) {
    guard !text.isEmpty else { return }
    // A blank shows no foreground: it joins what stands before it, and saves an escape sequence.
    let isBlank = ink.background == nil && text.utf8.allSatisfy { $0 == 0x20 }
    let neighbour = spans.last.map { $0.ink.background == nil ? $0.ink : .plain } ?? .plain
    let ink = isBlank ? neighbour : ink
    if let last = spans.indices.last, spans[last].ink == ink {
      spans[last].text += text
    } else {
      spans.append(Span(text: text, ink: ink))
    }
  }

  mutating func append(_ line: StyledLine) {
    for span in line.spans { append(span.text, span.ink) }
  }

  /// Cut to `limit` cells, with the ellipsis where something was cut off.
  func truncated(to limit: Int, ellipsis: String) -> StyledLine {
    guard width > limit else { return self }
    let tail = displayWidth(ellipsis) < limit ? ellipsis : ""
    var room = limit - displayWidth(tail)
    var result = StyledLine()
    for span in spans {
      let part = prefix(of: span.text, fitting: room)
      result.append(part, span.ink)
      room -= displayWidth(part)
      if part.utf8.count < span.text.utf8.count { break }
    }
    result.append(tail)
    return result
  }

  /// Without blanks at the end.
  func trimmed() -> StyledLine {
    var result = self
    while let last = result.spans.last {
      let kept = last.text.unicodeScalars.reversed().drop { $0 == " " }
      if kept.isEmpty {
        result.spans.removeLast()
        continue
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: kept.reversed())
      result.spans[result.spans.count - 1].text = String(text)
      break
    }
    return result
  }

  /// The bytes for a terminal: each coloured span is closed, so that no colour leaks.
  func encoded(_ level: ColourLevel) -> String {
    var result = ""
    for span in spans {
      let codes = span.ink.codes(level)
      result += codes.isEmpty ? span.text : "\u{1B}[\(codes)m\(span.text)\u{1B}[0m"
    }
    return result
  }
}
