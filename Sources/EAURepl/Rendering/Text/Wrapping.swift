/// Breaks one line of text at blanks so that no piece takes more than `width` cells; a longer word
/// is cut. The line's own indentation is kept and repeated.
func wrapped(_ line: String, to width: Int) -> [String] {
  let width = max(width, 1)
  guard displayWidth(line) > width else { return [line] }
  let blanks = String(line.prefix { $0 == " " })
  // An indentation that leaves no room for text is given up.
  let indentation = blanks.utf8.count < width / 2 ? blanks : ""
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
      current = indentation
      used = displayWidth(indentation)
    }
    while displayWidth(word) > width - used {
      var head = prefix(of: word, fitting: width - used)
      // A wide character in a column too narrow for it: take it all the same, never hang.
      if head.isEmpty { head = String(word.prefix(1)) }
      lines.append(current + head)
      word = String(word.dropFirst(head.count))
      current = indentation
      used = displayWidth(indentation)
    }
    current += word
    used += displayWidth(word)
    hasWord = true
  }
  if hasWord { lines.append(current) }
  return lines
}
