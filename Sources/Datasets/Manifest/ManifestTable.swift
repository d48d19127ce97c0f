import ModalityKit

/// A manifest's cells before anything is made of them: a byte string each, in memory or, beyond
/// `memoryLimit`, on disk, and nine bytes more.
package struct ManifestTable: Sendable {
  /// In bytes of cells.
  static let memoryLimit = 16 << 20
  /// What more rows there can be would not fit into memory.
  static let rowLimit = 20_000_000

  private enum Kind: UInt8 { case missing, text, number, numbers }

  /// Header names in file order (CSV), or keys in order of first appearance (JSON lines).
  package private(set) var columns: [String]
  let bytes = ByteStore(memoryLimit: Self.memoryLimit)
  /// On which line of the manifest each row begins, counted from 1.
  private var lines: [Int32] = []
  /// Of each row, in the lists of all cells. A row may have fewer cells than there are columns.
  private var firstCells = [0]
  private var kinds: [Kind] = []
  private var ends = [0]

  package init(columns: [String]) { self.columns = columns }

  package var count: Int { lines.count }

  package func line(_ row: Int) -> Int { Int(lines[row]) }

  mutating func addColumn(_ name: String) { columns.append(name) }

  /// Adds a row of at most as many cells as there are columns.
  mutating func append(_ cells: [TableCell], line: Int) throws(DatasetError) {
    for cell in cells {
      switch cell {
      case .missing: end(.missing, 0)
      case .text(let text): try add(.text, text)
      case .number(let text): try add(.number, text)
      case .numbers(let values):
        try keep { () throws(ScratchError) in try bytes.append(values) }
        end(.numbers, values.count * MemoryLayout<Double>.size)
      }
    }
    try endRow(line)
  }

  /// Adds a row of texts, of which the empty ones are missing.
  mutating func append(_ cells: [ArraySlice<UInt8>], line: Int) throws(DatasetError) {
    for cell in cells {
      try keep { () throws(ScratchError) in try bytes.append(cell) }
      end(cell.isEmpty ? .missing : .text, cell.count)
    }
    try endRow(line)
  }

  private mutating func add(_ kind: Kind, _ text: String) throws(DatasetError) {
    try keep { () throws(ScratchError) in try bytes.append(text) }
    end(kind, text.utf8.count)
  }

  private func keep(_ append: () throws(ScratchError) -> Int) throws(DatasetError) {
    do throws(ScratchError) {
      _ = try append()
    } catch {
      throw DatasetError(error)
    }
  }

  private mutating func end(_ kind: Kind, _ count: Int) {
    kinds.append(kind)
    ends.append(ends[ends.count - 1] + count)
  }

  private mutating func endRow(_ line: Int) throws(DatasetError) {
    lines.append(Int32(clamping: line))
    firstCells.append(kinds.count)
    guard lines.count <= Self.rowLimit else {
      throw DatasetError(
        .tooLarge, "found more than \(Self.rowLimit) samples up to line \(line)",
        hint: "split the manifest")
    }
  }

  /// Where the cell is in the lists of all cells; nil where the row ends before the column.
  private func place(_ row: Int, _ column: Int) -> Int? {
    let place = firstCells[row] + column
    return place < firstCells[row + 1] ? place : nil
  }

  func isMissing(_ row: Int, _ column: Int) -> Bool {
    place(row, column).map { kinds[$0] == .missing } ?? true
  }

  func holdsNumbers(_ row: Int, _ column: Int) -> Bool {
    place(row, column).map { kinds[$0] == .numbers } ?? false
  }

  /// Where the cell's content is in `bytes`.
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    place(row, column).map { ends[$0]..<ends[$0 + 1] } ?? 0..<0
  }

  package func cell(_ row: Int, _ column: Int) -> TableCell {
    guard let place = place(row, column) else { return .missing }
    return bytes.withBytes(ends[place]..<ends[place + 1]) { content in
      switch kinds[place] {
      case .missing: .missing
      case .text: .text(String(decoding: content, as: UTF8.self))
      case .number: .number(String(decoding: content, as: UTF8.self))
      case .numbers: .numbers([Double](bytes: content))
      }
    }
  }

  /// The texts and numbers of a column with their rows, as they would be written in CSV.
  func texts(of column: Int) -> some Sequence<(row: Int, text: String)> {
    (0..<count).lazy.compactMap { row in
      isMissing(row, column) ? nil : cell(row, column).text.map { (row, $0) }
    }
  }
}
