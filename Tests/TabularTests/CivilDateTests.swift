import ModalityKit
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: [
    ("1970-01-01", 0.0), ("1969-12-31", -86_400), ("2000-02-29", 951_782_400),
    ("2020-01-31T08:30", 1_580_459_400), ("2020-01-31 08:30:05.25Z", 1_580_459_405.25),
    ("2020-01-31T08:30:05+01:00", 1_580_455_805), ("2020-01-31T08:30:05-0130", 1_580_464_805),
    ("0001-01-01", -62_135_596_800), ("9999-12-31", 253_402_214_400),
  ])
  func seconds(text: String, seconds: Double) throws {
    #expect(try #require(CivilDate(text)).seconds == seconds)
  }

  @Test(arguments: [
    "", "2020", "2020-1-31", "2020-13-01", "2020-00-01", "2021-02-29", "1900-02-29", "2020-04-31",
    "2020-01-31T", "2020-01-31T24:00", "2020-01-31T08:60", "2020-01-31T08:30:60",
    "2020-01-31T08:30x", "2020-01-31 ", "20200131", "2020/01/31", "2020-01-31T08:30+25:00",
    "0000-01-01", "٢٠٢٠-01-31",
  ])
  func refusals(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func weekdaysAndDaysOfTheYear() throws {
    let days = try ["1970-01-01", "2024-02-29", "2023-12-31", "1900-03-01"].map {
      try #require(CivilDate($0))
    }
    #expect(days.map(\.weekday) == [3, 3, 6, 3])
    #expect(days.map(\.dayOfYear) == [0, 59, 364, 59])
    #expect(days.map(\.daysInYear) == [365, 366, 365, 365])
  }

  @Test func writtenAndReadAgain() throws {
    var seconds = -62_135_596_800.0
    while seconds < 253_402_214_400 {
      let text = CivilDate.text(seconds: seconds, withTime: true)
      #expect(try #require(CivilDate(text), "\(text)").seconds == seconds)
      seconds += 9_876_543_21
    }
    #expect(CivilDate.text(seconds: 1_580_459_405, withTime: false) == "2020-01-31")
    #expect(CivilDate.text(seconds: 1e300, withTime: false) == "9999-12-31")
    #expect(CivilDate.text(seconds: -1e300, withTime: true) == "0001-01-01T00:00:00Z")
  }
}
