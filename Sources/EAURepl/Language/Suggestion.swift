/// The Damerau–Levenshtein distance in its restricted form (optimal string alignment): insertions,
/// deletions, substitutions and swaps of neighbours, no part edited twice.
func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first.unicodeScalars)
  let b = Array(second.unicodeScalars)
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  // Three rows of the table: i - 2, i - 1 and i.
  var older = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var current = older
  for i in 1...a.count {
    current[0] = i
    for j in 1...b.count {
      let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var best = min(substitution, previous[j] + 1, current[j - 1] + 1)
      if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
        best = min(best, older[j - 2] + 1)
      }
      current[j] = best
    }
    (older, previous, current) = (previous, current, older)
  }
  return previous[b.count]
}

/// The known word a person probably meant: the nearest one within one edit for words of up to four
/// characters, two for longer ones; failing that, the only one that begins with the word.
/// Case does not count; of equally near words the first wins.
func didYouMean(_ word: String, among known: [String]) -> String? {
  let typed = word.lowercased()
  let length = typed.unicodeScalars.count
  // Nobody mistypes a command of 64 characters, and the table grows with the square.
  guard (1...64).contains(length) else { return nil }
  let limit = min(length - 1, length <= 4 ? 1 : 2)
  var best: (word: String, distance: Int)?
  for candidate in known {
    let distance = editDistance(typed, candidate.lowercased())
    if distance <= limit && distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  if let best { return best.word }
  let continued = known.filter { $0.lowercased().hasPrefix(typed) }
  return continued.count == 1 ? continued.first : nil
}
