import Modalities
import ModalityKit
import Testing

/// Files that break the PNG specification in one way each are refused, typed and in plain words.
@Suite struct PNGDamageTests {
  private let writer = PNGKindTests.writer(.rgb, 8, 9, 7)
  private var samples: [Int] { PNGKindTests.samples(writer) }

  private func file(_ change: (inout [PNGWriter.Chunk]) -> Void) -> RawInput {
    var chunks = writer.chunks(samples)
    change(&chunks)
    return .bytes(PNGWriter.signature + chunks.flatMap(\.bytes), name: "made.png")
  }

  private func error(_ raw: RawInput) -> EncoderError? {
    do throws(EncoderError) {
      _ = try PNGFile(raw)
      return nil
    } catch { return error }
  }

  @Test func theWholeFileIsRead() throws {
    #expect(error(file { _ in }) == nil)
  }

  /// Transfers as text, or seven bits wide, and a first byte lost.
  @Test func signaturesAreExact() {
    let whole = writer.file(samples)
    for (place, byte) in [(0, 0x09), (1, 0x70), (4, 0x0A), (5, 0x0D), (6, 0), (7, 0x0D)] {
      var bytes = whole
      bytes[place] = UInt8(byte)
      #expect(error(.bytes(bytes, name: "x"))?.kind == .wrongFormat, "byte \(place)")
    }
    #expect(error(.bytes(Array(whole.dropFirst()), name: "x"))?.kind == .wrongFormat)
  }

  @Test(arguments: ["IHDR", "IDAT", "IEND"]) func checksumsAreChecked(kind: String) {
    let raw = file { chunks in
      for index in chunks.indices where chunks[index].kind == kind {
        chunks[index].checksumError = 1
      }
    }
    #expect(error(raw)?.kind == .damaged)
  }

  @Test(arguments: ["IHDR", "IDAT", "IEND"]) func chunksMustBeThere(kind: String) {
    #expect(error(file { $0.removeAll { $0.kind == kind } })?.kind == .damaged)
  }

  @Test func palettesMustBeThere() {
    var writer = PNGKindTests.writer(.palette, 4, 5, 5)
    writer.palette = []
    let raw = writer.raw([Int](repeating: 0, count: 25))
    #expect(error(raw)?.kind == .damaged)
    #expect(error(raw)?.message.contains("PLTE") == true)
  }

  /// Depth, colour type, compression, filter and interlace method of the header.
  @Test(arguments: [
    (8, 0, "colour type 2 with a bit depth of 0"), (8, 3, "bit depth of 3"), (8, 99, "of 99"),
    (8, 4, "colour type 2 with a bit depth of 4"), (9, 1, "colour type 1"),
    (9, 9, "colour type 9"), (10, 1, "compression, filter or interlace"),
    (11, 1, "compression, filter or interlace"), (12, 2, "compression, filter or interlace"),
  ])
  func headersAreLegal(place: Int, value: UInt8, words: String) {
    let error = error(file { $0[0].data[place] = value })
    #expect(error?.kind == .damaged)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "none")")
  }

  @Test func filtersAreLegal() {
    var writer = writer
    writer.filters = [0, 5]
    #expect(error(writer.raw(samples))?.kind == .damaged)
  }

  @Test func dataMayNotEndEarly() {
    // A whole and correct stream of six rows where the header promises seven.
    var short = writer
    short.height = 6
    let rows = short.chunks(samples)
    let raw = file { chunks in
      for index in chunks.indices where chunks[index].kind == "IDAT" {
        chunks[index].data = rows[index].data
      }
    }
    #expect(error(raw)?.kind == .damaged)
  }

  @Test func everyCutIsAnError() {
    var writer = writer
    writer.interlaced = true
    writer.dataSize = 50
    let whole = writer.file(samples)
    for count in 1..<whole.count {
      #expect(error(.bytes(Array(whole[..<count]), name: "cut")) != nil, "\(count)")
    }
  }
}
