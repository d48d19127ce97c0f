import ModalityKit
import Testing

@testable import TimeSeries

@Suite struct SeriesReaderTests {
  private func read(_ raw: RawInput) throws -> Series { try SeriesReader.series(from: raw) }
  private func read(_ text: String) throws -> Series { try read(.text(text)) }

  private func kind(_ raw: RawInput) -> EncoderError.Kind? {
    do { _ = try read(raw) } catch { return (error as? EncoderError)?.kind }
    return nil
  }

  @Test func namedChannels() throws {
    for text in [
      "ax,\"a,y\"\n1,2\n3,4e1\n", "ax\t\"a,y\"\r\n1\t2\r\n3\t40", "ax;\"a,y\"\n1;2\n3;40",
    ] {
      let series = try read(text)
      #expect(series.channels.first == "ax")
      #expect(series.channels.count == 2 && series.values == [[1, 3], [2, 40]])
      #expect(series.rate == nil && series.notes.isEmpty)
    }
  }

  @Test func unnamedChannels() throws {
    let series = try read("1,2\n3,4\n5,6\n")
    #expect(series == Series(channels: ["c1", "c2"], values: [[1, 3, 5], [2, 4, 6]]))
    #expect(try read("7\n8\n9") == Series(channels: ["c1"], values: [[7, 8, 9]]))
    #expect(try read(",x\n1,2\n3,4").channels == ["c1", "x"])
    for raw in [RawInput.numbers([7, 8, 9]), .text("7 8 9"), .text("[7, 8, 9]")] {
      #expect(try read(raw) == Series(channels: ["c1"], values: [[7, 8, 9]]))
    }
  }

  @Test func timeGivesTheRate() throws {
    let seconds = try read("Time,x\n10,1\n10.25,2\n10.5,3\n")
    #expect(seconds == Series(channels: ["x"], values: [[1, 2, 3]], rate: 4))
    let stamps = try read("x,timestamp\n1,2020-01-31T08:00:00\n2,2020-01-31T08:00:02\n")
    #expect(stamps == Series(channels: ["x"], values: [[1, 2]], rate: 0.5))
    let uneven = try read("t,x\n0,1\n1,2\n3,3\n")
    #expect(
      uneven.rate == 2.0 / 3 && uneven.notes == ["the time steps differ: the rate is their mean"])
  }

  @Test func missingValuesAreInterpolated() throws {
    let series = try read("a,b,c\n,1,\n2,,NA\n,?,\n,4,\n8,,nan\n")
    #expect(series.values == [[2, 2, 4, 6, 8], [1, 2, 3, 4, 4], [0, 0, 0, 0, 0]])
    #expect(
      series.notes == ["channel c has no value and counts as 0", "6 missing values interpolated"])
    #expect(try read(.numbers([.nan, 1, .nan, 3])).values == [[1, 1, 2, 3]])
  }

  @Test(arguments: [
    (RawInput.text(""), EncoderError.Kind.emptyInput), (.numbers([]), .emptyInput),
    (.text("a,b\n"), .wrongFormat), (.text("a,b\n\n"), .wrongFormat),
    (.text("words"), .wrongFormat),
    (.text("a,b\n1,x\n"), .wrongFormat), (.text("a,a\n1,2\n"), .wrongFormat),
    (.text("a,b\n1\n"), .wrongFormat), (.text("1,2\n3\n"), .wrongFormat),
    (.text("t\n1\n2\n"), .emptyInput), (.text("t,a\n1,2\n1,3\n"), .wrongFormat),
    (.text("t,a\n,2\n1,3\n"), .wrongFormat), (.text("t,a\n1,2\nnoon,3\n"), .wrongFormat),
    (.text("a\n1e101\n2"), .wrongInput), (.numbers([.infinity]), .wrongInput),
    (.text("a\n1e999\n2"), .wrongFormat),
    (.bytes([0x61, 0x0A, 0xFF, 0x0A], name: "a.csv"), .wrongFormat),
    (.file(path: "/nowhere.csv"), .fileMissing),
  ])
  func refusals(raw: RawInput, expected: EncoderError.Kind) {
    #expect(kind(raw) == expected)
  }

  @Test func sizesAreLimited() {
    #expect(kind(.numbers([Double](repeating: 0, count: 1_000_001))) == .tooLarge)
    #expect(kind(.bytes([UInt8](repeating: 0x31, count: 64 << 20 + 1), name: "a")) == .tooLarge)
    let wide = (0..<257).map { "c\($0)" }.joined(separator: ",")
    #expect(kind(.text("\(wide)\n")) == .wrongFormat || kind(.text("\(wide)\n1")) == .tooLarge)
    #expect(kind(.text("\(wide)\n1\n")) == .tooLarge)
    let long = "1\n" + String(repeating: "1\n", count: 1_000_000)
    #expect(kind(.text(long)) == .tooLarge)
  }

  @Test func messagesNameThePlace() {
    let error = #expect(throws: EncoderError.self) { try read("t,a\n1,2\n2,x\n") }
    #expect(error?.message == "text line 3, column \"a\": expected a number, found \"x\"")
    let time = #expect(throws: EncoderError.self) { try read("t,a\n2,2\n1,3\n") }
    #expect(
      time?.message
        == "text line 3, column \"t\": expected a time after the one before, found 1.0")
  }
}
