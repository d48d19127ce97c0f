/// Hands some thousand rows at a time to `body`, from the first to the last: whoever needs little of each
/// needs little memory for all.
func forEachPart(
  of tables: [FeatureTable], _ body: (_ start: Int, _ part: [FeatureTable]) throws -> Void
) rethrows {
  let count = tables.first?.count ?? 0
  // A multiple of the chunks that models are run on: a row meets the same matrix shapes.
  for start in stride(from: 0, to: count, by: FeatureTable.readAtOnce) {
    let rows = Array(start..<min(start + FeatureTable.readAtOnce, count))
    try body(start, tables.map { rows.count < count ? $0.gathering(rows) : $0 })
  }
}

/// What `body` makes of the rows, some thousand at a time: the same as of all at once.
///
/// - Parameter body: gives as many elements for each row.
/// - Throws: `FusionError` `stopped`, and the errors of `body`.
func inParts<Element>(
  of tables: [FeatureTable], _ what: String, monitor: WorkMonitor,
  _ body: ([FeatureTable]) throws -> [Element]
) throws -> [Element] {
  let count = tables.first?.count ?? 0
  var elements: [Element] = []
  try forEachPart(of: tables) { start, part in
    if monitor.shouldStop() { throw FusionError.stopped }
    monitor.report(what, Double(start) / Double(count))
    elements += try body(part)
  }
  return elements
}
