/// Breaks one line of text at blanks so that no piece takes more than `width` cells; a longer word
/// is cut. The line's own indentation is kept and repeated; behind a term, which two blanks at least
/// set off from its text, lines hang below the text.
func wrapped(_ line: String, to width: Int) -> [String] {
  let width = max(width, 1)
  guard displayWidth(line) > width else { return [line] }
  let blanks = String(line.prefix { $0 == " " })
  // An indentation that leaves no room for text is given up.
  let indentation = blanks.utf8.count < width / 2 ? blanks : ""
  let term = termWidth(of: line)
  let hanging =
    term == 0 ? indentation : term < width / 2 ? String(repeating: " ", count: term) : ""
  var lines: [String] = []
  var current = indentation
  var used = displayWidth(indentation)
  var hasWord = false
  for piece in line.dropFirst(blanks.count).split(separator: " ", omittingEmptySubsequences: false)
  {
    var word = String(piece)
    if hasWord && used + 1 + displayWidth(word) <= width {
      current += " " + word
      used += 1 + displayWidth(word)
      continue
    }
    if hasWord {
      lines.append(current)
      (current, used) = (hanging, displayWidth(hanging))
    }
    while displayWidth(word) > width - used {
      var head = prefix(of: word, fitting: width - used)
      // A wide character in a column too narrow for it: take it all the same, never hang.
      if head.isEmpty { head = String(word.prefix(1)) }
      lines.append(current + head)
      word = String(word.dropFirst(head.count))
      (current, used) = (hanging, displayWidth(hanging))
    }
    current += word
    used += displayWidth(word)
    hasWord = true
  }
  if hasWord { lines.append(current) }
  return lines
}

/// The cells before the text of a line like `--top N   how many`: those of its term and the blanks
/// behind it. 0 unless exactly one run of two blanks or more stands within the line.
private func termWidth(of line: String) -> Int {
  let body = line.drop { $0 == " " }
  var runs: [(start: String.Index, end: String.Index)] = []
  var index = body.startIndex
  while index < body.endIndex {
    guard body[index] == " " else {
      index = body.index(after: index)
      continue
    }
    let end = body[index...].firstIndex { $0 != " " } ?? body.endIndex
    if body.distance(from: index, to: end) >= 2 { runs.append((index, end)) }
    index = end
  }
  guard runs.count == 1, let run = runs.first else { return 0 }
  return displayWidth(String(line[..<run.end]))
}
