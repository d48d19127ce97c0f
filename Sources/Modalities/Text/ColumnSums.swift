/// Whole numbers added up by column.
///
/// Few of them are kept as they come and sorted at the end. Many for the number of columns are
/// added up at once, so that a large document takes no more memory than the columns do; a bit for
/// each column that was met brings them out in order.
struct ColumnSums {
  private let columns: Int
  /// The column in the upper 32 bits, the number in the lower ones.
  private var entries: [UInt64] = []
  private var sums: [Int32] = []
  private var isMet: [UInt64] = []

  /// - Parameters:
  ///   - columns: at most 2³².
  ///   - count: of numbers to come, about.
  init(columns: Int, expecting count: Int) {
    self.columns = columns
    if count * 32 > columns { spread() } else { entries.reserveCapacity(count) }
  }

  /// - Parameters:
  ///   - number: all together less than 2³¹, which no text of 128 MiB has of terms.
  ///   - column: in 0..<columns.
  @inline(__always)
  mutating func add(_ number: Int, to column: Int) {
    guard sums.isEmpty else {
      sums[column] &+= Int32(truncatingIfNeeded: number)
      isMet[column >> 6] |= 1 << UInt64(column & 63)
      return
    }
    entries.append(UInt64(column) << 32 | UInt64(UInt32(truncatingIfNeeded: number)))
    if entries.count * 8 > columns, columns > 0 { spread() }
  }

  /// Ascending columns and their sums, but for those of 0.
  func nonZero() -> [(column: Int, value: Double)] {
    sums.isEmpty ? sortedEntries() : spreadSums()
  }

  private func sortedEntries() -> [(column: Int, value: Double)] {
    var result: [(column: Int, value: Double)] = []
    result.reserveCapacity(entries.count)
    var (column, sum) = (0, 0)
    for entry in sorted(entries) {
      if Int(entry >> 32) != column {
        if sum != 0 { result.append((column, Double(sum))) }
        (column, sum) = (Int(entry >> 32), 0)
      }
      sum += Int(Int32(truncatingIfNeeded: entry))
    }
    if sum != 0 { result.append((column, Double(sum))) }
    return result
  }

  /// Ascending columns: counting sorts by the digits of the column, the last digit first, in a base
  /// of at most 256. Comparing would be slower, because its outcomes cannot be foreseen.
  private func sorted(_ entries: [UInt64]) -> [UInt64] {
    guard entries.count > 16 else { return entries.sorted() }
    let bits = Int.bitWidth - max(columns - 1, 1).leadingZeroBitCount
    let digits = (bits + 7) / 8
    let width = (bits + digits - 1) / digits
    var (from, to) = (entries, entries)
    for digit in 0..<digits {
      let shift = UInt64(32 + digit * width)
      let mask = (1 << UInt64(width)) - 1 as UInt64
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << width) { places in
        places.initialize(repeating: 0)
        for entry in from { places[Int(entry >> shift & mask)] += 1 }
        var next = 0
        for value in places.indices { (places[value], next) = (next, next + places[value]) }
        to.withUnsafeMutableBufferPointer { to in
          for entry in from {
            let value = Int(entry >> shift & mask)
            to[places[value]] = entry
            places[value] += 1
          }
        }
      }
      swap(&from, &to)
    }
    return from
  }

  private func spreadSums() -> [(column: Int, value: Double)] {
    var result: [(column: Int, value: Double)] = []
    result.reserveCapacity(isMet.reduce(0) { $0 + $1.nonzeroBitCount })
    for (index, word) in isMet.enumerated() {
      var rest = word
      while rest != 0 {
        let column = index << 6 + rest.trailingZeroBitCount
        if sums[column] != 0 { result.append((column, Double(sums[column]))) }
        rest &= rest - 1
      }
    }
    return result
  }

  private mutating func spread() {
    sums = [Int32](repeating: 0, count: columns)
    isMet = [UInt64](repeating: 0, count: (columns + 63) / 64)
    let gathered = entries
    entries = []
    for entry in gathered { add(Int(Int32(truncatingIfNeeded: entry)), to: Int(entry >> 32)) }
  }
}
