/// What `body` makes of some thousand rows at a time, one after another: the same as of all at once,
/// in as little memory as it takes for a few.
///
/// - Parameter body: gives as many elements a row for every row.
/// - Throws: `FusionError` `stopped`, and the errors of `body`.
func inParts<Element>(
  of tables: [FeatureTable], _ what: String, monitor: WorkMonitor,
  _ body: ([FeatureTable]) throws -> [Element]
) throws -> [Element] {
  let count = tables.first?.count ?? 0
  var elements: [Element] = []
  // A multiple of the chunks that models are run on: a row meets the same matrix shapes.
  for start in stride(from: 0, to: count, by: FeatureTable.readAtOnce) {
    if monitor.shouldStop() { throw FusionError.stopped }
    monitor.report(what, Double(start) / Double(count))
    let rows = Array(start..<min(start + FeatureTable.readAtOnce, count))
    let part = try body(tables.map { rows.count < count ? $0.gathering(rows) : $0 })
    if elements.isEmpty { elements.reserveCapacity(part.count * count / rows.count) }
    elements += part
  }
  return elements
}
