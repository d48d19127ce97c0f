/// A day of the Gregorian calendar and, if it was written, a time of that day.
///
/// Reads ISO 8601 in its extended form: `2020-01-31`, `2020-01-31T08:30`, `2020-01-31 08:30:05.25Z`,
/// `2020-01-31T08:30:05+01:00`. Leap seconds are refused.
public struct CivilDate: Sendable, Hashable {
  /// 1…9999.
  public let year: Int
  /// 1…12.
  public let month: Int
  /// 1…31.
  public let day: Int
  /// Since midnight; nil for a date alone.
  public let secondOfDay: Double?
  /// Seconds that the written time is ahead of UTC; 0 where no zone was written.
  public let offset: Int

  public init?(_ text: String) {
    var scanner = Scanner(rest: text.utf8[...])
    guard let year = scanner.digits(4), year > 0, scanner.take("-"),
      let month = scanner.digits(2), (1...12).contains(month), scanner.take("-"),
      let day = scanner.digits(2), day >= 1, day <= Self.days(of: month, in: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard !scanner.rest.isEmpty else {
      secondOfDay = nil
      offset = 0
      return
    }
    guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
      let second = scanner.timeOfDay(), let offset = scanner.zone(), scanner.rest.isEmpty
    else { return nil }
    secondOfDay = second
    self.offset = offset
  }

  /// The moment in seconds since 1970-01-01T00:00:00Z.
  public var seconds: Double {
    Double(dayNumber) * 86_400 + (secondOfDay ?? 0) - Double(offset)
  }

  /// Monday is 0.
  public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }

  /// The first of January is 0.
  public var dayOfYear: Int { dayNumber - Self.dayNumber(year, 1, 1) }

  public var daysInYear: Int { Self.isLeap(year) ? 366 : 365 }

  private var dayNumber: Int { Self.dayNumber(year, month, day) }

  /// The moment in ISO 8601, in UTC and to the second, or its day alone; moved into the years
  /// 1…9999.
  public static func text(seconds: Double, withTime: Bool) -> String {
    let (first, last) = (dayNumber(1, 1, 1), dayNumber(9999, 12, 31))
    let limited = min(
      max(seconds.rounded(), Double(first) * 86_400), Double(last) * 86_400 + 86_399)
    let whole = Int(limited)
    let number = Int((Double(whole) / 86_400).rounded(.down))
    let (year, month, day) = date(of: number)
    let text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    guard withTime else { return text }
    let second = whole - number * 86_400
    return text
      + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The inverse, `civil_from_days`.
  private static func date(of number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private struct Scanner {
    var rest: Substring.UTF8View

    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
      guard let byte = rest.first, UInt32(byte) == wanted.value else { return false }
      rest = rest.dropFirst()
      return true
    }

    mutating func digits(_ count: Int) -> Int? {
      var value = 0
      for _ in 0..<count {
        guard let byte = rest.first, byte &- 0x30 < 10 else { return nil }
        value = value * 10 + Int(byte - 0x30)
        rest = rest.dropFirst()
      }
      return value
    }

    /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, in seconds.
    mutating func timeOfDay() -> Double? {
      guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else {
        return nil
      }
      var second = 0.0
      if take(":") {
        guard let whole = digits(2), whole < 60 else { return nil }
        second = Double(whole)
        if take(".") {
          var weight = 0.1
          guard let first = digits(1) else { return nil }
          second += weight * Double(first)
          while let next = digits(1) {
            weight /= 10
            second += weight * Double(next)
          }
        }
      }
      return Double(hour * 3600 + minute * 60) + second
    }

    /// Nothing, `Z`, `+HH:MM` or `+HHMM`, in seconds ahead of UTC.
    mutating func zone() -> Int? {
      if rest.isEmpty || take("Z") || take("z") { return 0 }
      let isBehind = take("-")
      guard isBehind || take("+"), let hours = digits(2), hours < 24 else { return nil }
      _ = take(":")
      guard let minutes = digits(2), minutes < 60 else { return nil }
      return (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
  }
}
