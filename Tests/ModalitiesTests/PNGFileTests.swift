import Foundation
import Modalities
import ModalityKit
import PNGCodec
import Testing

@Suite struct PNGFileTests {
  struct Expected: Decodable {
    let width: Int
    let height: Int
    let channels: Int
    let bitDepth: Int
    let values: [Int]
  }

  @Test func everyColourTypeDepthAndInterlaceGivesItsRawValues() throws {
    let expected = try Fixture.json("expected.json", as: [String: Expected].self)
    #expect(expected.count == 35)
    for (name, want) in expected.sorted(by: { $0.key < $1.key }) {
      let png = try PNGFile(Fixture.file(name))
      var values: [Int] = []
      for row in 0..<png.height {
        for index in 0..<png.width * png.channels {
          values.append(
            png.bitDepth == 8
              ? Int(png.bytes(row: row)[index]) : Int(png.words(row: row)[index]))
        }
      }
      let found = [png.width, png.height, png.channels, png.bitDepth]
      #expect(found == [want.width, want.height, want.channels, want.bitDepth], "\(name)")
      #expect(values == want.values, "\(name)")
    }
  }

  @Test func kindNamesWhatTheFileIs() throws {
    let interlaced = try PNGFile(Fixture.file("palette-4-interlaced.png"))
    #expect(interlaced.kind == "4-bit palette, interlaced")
    let deep = try PNGFile(Fixture.file("rgb-alpha-16.png"))
    #expect(deep.kind == "16-bit RGB with alpha")
  }

  @Test(arguments: [
    ("truncated.png", EncoderError.Kind.damaged), ("no-end.png", .damaged),
    ("flipped.png", .damaged), ("lie.png", .damaged), ("huge-header.png", .tooLarge),
    ("bomb.png", .tooLarge), ("text.png", .wrongFormat), ("missing.png", .fileMissing),
    ("", .notAFile),
  ])
  func brokenFilesAreRefused(name: String, kind: EncoderError.Kind) {
    #expect(errorKind { _ = try PNGFile(Fixture.file(name)) } == kind)
  }

  @Test func errorsNameTheFileAndTheSizeClaimed() throws {
    let error = #expect(throws: EncoderError.self) {
      _ = try PNGFile(Fixture.file("huge-header.png"))
    }
    #expect(error?.message.contains("huge-header.png claims 500000 × 500000") == true)
  }

  @Test func everyTruncationIsAnErrorAndNoCrash() throws {
    for name in ["rgb-8.png", "palette-2-transparent.png", "grey-16-interlaced.png"] {
      let whole = try Fixture.bytes(name)
      for count in 0..<whole.count {
        let kind = errorKind { _ = try PNGFile(.bytes(Array(whole[..<count]), name: name)) }
        #expect(kind != nil, "\(name) cut to \(count)")
      }
    }
  }

  @Test func sentencesAndNumbersAreNotPictures() {
    #expect(errorKind { _ = try PNGFile(.text("a cat")) } == .wrongInput)
    #expect(errorKind { _ = try PNGFile(.numbers([1, 2])) } == .wrongInput)
    #expect(errorKind { _ = try PNGFile(.bytes([], name: "nothing")) } == .emptyInput)
  }

  @Test(arguments: [1, 3, 4])
  func whatIsWrittenIsReadBack(channels: Int) throws {
    let (width, height) = (13, 5)
    let pixels = (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: 100)
    let status = png_codec_write(
      pixels, UInt32(width), UInt32(height), UInt32(channels), 6, &bytes, &count, &message, 100)
    defer { png_codec_free(bytes) }
    #expect(status == PNG_CODEC_OK)
    let file = Array(UnsafeBufferPointer(start: bytes, count: count))
    let png = try PNGFile(.bytes(file, name: "written"))
    let read = (0..<height).flatMap { row in
      Array(UnsafeBufferPointer(start: png.bytes(row: row), count: width * channels))
    }
    #expect(read == pixels)
  }

  @Test func writerRefusesWhatItCannotWrite() {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: 100)
    let status = png_codec_write([1, 2], 1, 1, 2, 6, &bytes, &count, &message, 100)
    #expect(status == PNG_CODEC_BAD_ARGUMENT)
    #expect(bytes == nil)
  }
}
