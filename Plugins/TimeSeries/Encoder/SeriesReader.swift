import ModalityKit

/// Raw input to a time series.
///
/// A table has one row a time step and one column a channel, separated by commas, semicolons or
/// tabs, and may begin with a line of names. A column called `t`, `time` or `timestamp` holds
/// seconds or ISO 8601 date-times, which must ascend; the rate is (steps − 1) / (last − first).
/// Numbers alone, or on one line, are one channel. Missing cells are interpolated linearly from step
/// to step, those at an end take the nearest value.
enum SeriesReader {
  static let byteLimit = 64 << 20
  static let stepLimit = 1_000_000
  static let channelLimit = 256
  /// Squares of such numbers, added up over a whole spectrum, are finite.
  static let largestMagnitude = 1e100

  private static let timeNames: Set<String> = ["t", "time", "timestamp"]
  private static let forms =
    "a series is a CSV of one row a time step and one column a channel, or numbers alone"

  /// - Throws: `emptyInput`, `tooLarge`, `wrongFormat` for what is no table of numbers or whose time
  ///   does not ascend, `wrongInput` for numbers that are infinite; the errors of reading.
  static func series(from raw: RawInput) throws(EncoderError) -> Series {
    if case .numbers(let values) = raw { return try single(values, raw.name) }
    let bytes = try raw.bytes(limit: byteLimit)
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes[mark...].firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { throw empty(raw.name) }
    guard bytes[first...last].contains(UInt8(ascii: "\n")) else {
      return try single(NumberList.parse(bytes, name: raw.name, limit: stepLimit), raw.name)
    }
    do {
      return try table(bytes, raw.name)
    } catch let error as TableError {
      throw EncoderError(error, in: raw.name)
    } catch let error as EncoderError {
      throw error
    } catch {
      throw EncoderError(.wrongFormat, "\(raw.name): \(error)", hint: forms)
    }
  }

  private static func single(_ values: [Double], _ name: String) throws(EncoderError) -> Series {
    guard !values.isEmpty else { throw empty(name) }
    guard values.count <= stepLimit else { throw tooLong(name) }
    if let place = values.firstIndex(where: { abs($0) > largestMagnitude }) {
      throw EncoderError(
        .wrongInput,
        "\(name): expected finite numbers up to ±1e100, found \(values[place]) in place "
          + "\(place + 1)", hint: "leave a value that is missing out")
    }
    return complete(["c1"], [values], rate: nil, notes: [])
  }

  private static func table(_ bytes: [UInt8], _ name: String) throws -> Series {
    var reader = CSVReader(bytes, separator: CSVReader.separator(of: bytes))
    let first = try reader.header() ?? []
    let isHeader = !first.allSatisfy { MissingValue.isMissing($0) || number($0) != nil }
    let names = try channelNames(first, isHeader, name)
    let timeColumn = isHeader ? names.firstIndex { timeNames.contains($0.lowercased()) } : nil
    let channelCount = names.count - (timeColumn == nil ? 0 : 1)
    guard channelCount > 0 else { throw empty(name) }
    guard channelCount <= channelLimit else {
      throw EncoderError(
        .tooLarge, "\(name) has \(channelCount) channels, the limit is \(channelLimit)",
        hint: "choose some of them")
    }
    var columns = [[Double]](repeating: [], count: names.count)
    var line = 1
    var cells = isHeader ? nil : first.map { Array($0.utf8)[...] }
    while true {
      if cells == nil {
        guard let row = try reader.next() else { break }
        (line, cells) = row
      }
      guard columns[0].count < stepLimit else { throw tooLong(name) }
      for (column, cell) in (cells ?? []).enumerated() {
        columns[column].append(
          try value(cell, isTime: column == timeColumn, names[column], line, name))
      }
      if let timeColumn, let now = columns[timeColumn].last,
        let before = columns[timeColumn].dropLast().last, !(now > before)
      {
        throw place(
          line, names[timeColumn], "expected a time after the one before, found \(now)", name,
          hint: "sort the rows by time, each time once")
      }
      cells = nil
    }
    guard !columns[0].isEmpty else { throw empty(name) }
    var notes: [String] = []
    let rate = timeColumn.flatMap { samplingRate(columns[$0], &notes) }
    let kept = names.indices.filter { $0 != timeColumn }
    return complete(kept.map { names[$0] }, kept.map { columns[$0] }, rate: rate, notes: notes)
  }

  /// A column without a name is called by its number, as are all of a table without names.
  private static func channelNames(
    _ first: [String], _ isHeader: Bool, _ name: String
  ) throws(EncoderError) -> [String] {
    var seen: Set<String> = []
    var names: [String] = []
    for (column, cell) in first.enumerated() {
      let channel = isHeader && !cell.isEmpty ? cell : "c\(column + 1)"
      guard seen.insert(channel).inserted else {
        throw place(
          1, channel, "found this name twice", name, hint: "each channel has a name of its own")
      }
      names.append(channel)
    }
    return names
  }

  private static func number(_ text: String) -> Double? { number(Array(text.utf8)[...]) }

  private static func number(_ cell: ArraySlice<UInt8>) -> Double? {
    var cell = cell
    while cell.first == 0x20 { cell.removeFirst() }
    while cell.last == 0x20 { cell.removeLast() }
    return decimalNumber(cell)
  }

  /// NaN for a missing cell.
  private static func value(
    _ cell: ArraySlice<UInt8>, isTime: Bool, _ column: String, _ line: Int, _ name: String
  ) throws(EncoderError) -> Double {
    if let value = number(cell) {
      guard abs(value) <= largestMagnitude else {
        throw place(
          line, column, "expected a number up to ±1e100, found \(value)", name, .wrongInput,
          hint: "leave the cell empty if the value is missing")
      }
      return value
    }
    let text = String(decoding: cell.prefix(64), as: UTF8.self)
    if isTime {
      if let date = CivilDate(text) { return date.seconds }
      throw place(
        line, column, "expected a time in seconds or in ISO 8601, found \"\(text)\"", name,
        hint: "write 0.25 or 2020-01-31T08:30:05")
    }
    guard MissingValue.isMissing(text) else {
      throw place(line, column, "expected a number, found \"\(text)\"", name, hint: forms)
    }
    return .nan
  }

  /// nil for fewer than two steps. A rate that no clock has is brought to 1e-9…1e12 Hz.
  private static func samplingRate(_ times: [Double], _ notes: inout [String]) -> Double? {
    guard let first = times.first, let last = times.last, times.count > 1, last > first else {
      return nil
    }
    let step = (last - first) / Double(times.count - 1)
    let isEven = zip(times, times.dropFirst()).allSatisfy { abs($1 - $0 - step) <= 0.01 * step }
    if !isEven { notes.append("the time steps differ: the rate is their mean") }
    return min(max(1 / step, 1e-9), 1e12)
  }

  private static func complete(
    _ channels: [String], _ columns: [[Double]], rate: Double?, notes: [String]
  ) -> Series {
    var notes = notes
    var gaps = 0
    let values = zip(channels, columns).map { channel, column in
      let missing = column.count(where: \.isNaN)
      if missing == column.count {
        notes.append("channel \(channel) has no value and counts as 0")
        return [Double](repeating: 0, count: column.count)
      }
      gaps += missing
      return missing == 0 ? column : interpolated(column)
    }
    if gaps > 0 {
      notes.append(
        gaps == 1 ? "1 missing value interpolated" : "\(gaps) missing values interpolated")
    }
    return Series(channels: channels, values: values, rate: rate, notes: notes)
  }

  private static func interpolated(_ column: [Double]) -> [Double] {
    var values = column
    var known: Int?
    for step in column.indices where !column[step].isNaN {
      let before = known.map { column[$0] } ?? column[step]
      let start = known.map { $0 + 1 } ?? 0
      for gap in start..<step {
        let share = known.map { Double(gap - $0) / Double(step - $0) } ?? 1
        values[gap] = before * (1 - share) + column[step] * share
      }
      known = step
    }
    if let known {
      for gap in (known + 1)..<max(known + 1, column.count) { values[gap] = column[known] }
    }
    return values
  }

  private static func empty(_ name: String) -> EncoderError {
    EncoderError(.emptyInput, "expected a time series, found no values in \(name)", hint: forms)
  }

  private static func tooLong(_ name: String) -> EncoderError {
    EncoderError(
      .tooLarge, "\(name) has more than \(stepLimit) time steps",
      hint: "use a shorter series, or one of a lower rate")
  }

  private static func place(
    _ line: Int, _ column: String, _ finding: String, _ name: String,
    _ kind: EncoderError.Kind = .wrongFormat, hint: String
  ) -> EncoderError {
    EncoderError(kind, "\(name) line \(line), column \"\(column)\": \(finding)", hint: hint)
  }
}
