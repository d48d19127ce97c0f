import Modalities
import ModalityKit
import PNGCodec
import SeededRandom
import Testing

/// The kinds of Willem van Schaik's PngSuite, written anew: every colour type, depth, interlacing,
/// size, filter, transparency, ancillary chunk, chunking and compression level.
@Suite struct PNGKindTests {
  /// What a decoder must give: raw values at 8 or 16 bits.
  struct Pixels: Equatable {
    var channels: Int
    var bitDepth: Int
    var values: [Int]
  }

  static func read(_ raw: RawInput) throws -> Pixels {
    let png = try PNGFile(raw)
    let count = png.width * png.channels
    let values = (0..<png.height).flatMap { row in
      (0..<count).map {
        png.bitDepth == 8 ? Int(png.bytes(row: row)[$0]) : Int(png.words(row: row)[$0])
      }
    }
    return Pixels(channels: png.channels, bitDepth: png.bitDepth, values: values)
  }

  /// Samples in the range of the writer's depth.
  static func samples(_ writer: PNGWriter, seed: UInt64 = 1) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    let count = writer.width * writer.height * writer.color.channels
    return (0..<count).map { _ in generator.index(below: 1 << writer.depth) }
  }

  /// A writer with a full palette where the colour type asks for one.
  static func writer(
    _ color: PNGWriter.Color, _ depth: Int, _ width: Int, _ height: Int
  )
    -> PNGWriter
  {
    var writer = PNGWriter(width: width, height: height, color: color, depth: depth)
    if color == .palette {
      writer.palette = (0..<3 << depth).map { UInt8(truncatingIfNeeded: $0 * 73 + 5) }
    }
    return writer
  }

  /// The definition: palettes looked up, depths below 8 stretched to 0...255, others as they are.
  static func expected(_ writer: PNGWriter, _ samples: [Int]) -> Pixels {
    let bitDepth = writer.depth == 16 ? 16 : 8
    if writer.color == .palette {
      let values = samples.flatMap { index in
        let entry = writer.palette[3 * index..<3 * index + 3].map(Int.init)
        guard let opacity = writer.transparency else { return entry }
        return entry + [index < opacity.count ? Int(opacity[index]) : 255]
      }
      return Pixels(
        channels: writer.transparency == nil ? 3 : 4, bitDepth: bitDepth, values: values)
    }
    let channels = writer.color.channels
    let stretch = writer.depth < 8 ? 255 / ((1 << writer.depth) - 1) : 1
    guard let key = writer.transparency else {
      return Pixels(channels: channels, bitDepth: bitDepth, values: samples.map { $0 * stretch })
    }
    let hidden = stride(from: 0, to: key.count, by: 2).map { Int(key[$0]) << 8 | Int(key[$0 + 1]) }
    let values = stride(from: 0, to: samples.count, by: channels).flatMap { start in
      let pixel = Array(samples[start..<start + channels])
      return pixel.map { $0 * stretch } + [pixel == hidden ? 0 : bitDepth == 16 ? 65535 : 255]
    }
    return Pixels(channels: channels + 1, bitDepth: bitDepth, values: values)
  }

  private func check(_ writer: PNGWriter, _ samples: [Int]) throws {
    let found = try Self.read(writer.raw(samples))
    #expect(found == Self.expected(writer, samples), "\(writer)")
  }

  @Test(arguments: PNGWriter.Color.allCases, [false, true])
  func everyDepthAndFilter(color: PNGWriter.Color, interlaced: Bool) throws {
    for depth in color.depths {
      for filters in [[0], [1], [2], [3], [4], [4, 2, 0, 3, 1]] {
        for (width, height) in [(1, 1), (2, 9), (5, 3), (8, 8), (33, 7), (32, 32)] {
          var writer = Self.writer(color, depth, width, height)
          writer.interlaced = interlaced
          writer.filters = filters
          try check(writer, Self.samples(writer, seed: UInt64(width * 100 + depth)))
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func everySizeUpTo40(interlaced: Bool) throws {
    for side in 1...40 {
      for (color, depth) in [(PNGWriter.Color.palette, 1), (.palette, 4), (.rgb, 8), (.grey, 2)] {
        var writer = Self.writer(color, depth, side, 41 - side)
        writer.interlaced = interlaced
        writer.filters = [2, 4]
        try check(writer, Self.samples(writer))
        writer.height = side
        try check(writer, Self.samples(writer))
      }
    }
  }

  @Test(arguments: [1, 2, 4, 8, 16], [false, true])
  func oneGreyIsTransparent(depth: Int, interlaced: Bool) throws {
    var writer = Self.writer(.grey, depth, 19, 11)
    writer.interlaced = interlaced
    var samples = Self.samples(writer)
    let key = (1 << depth) - 1
    samples[3] = key
    // At 16 bits a key that differs in its low byte alone is another grey.
    samples[4] = key - 1
    writer.transparency = [UInt8(key >> 8), UInt8(key & 255)]
    try check(writer, samples)
  }

  @Test(arguments: [8, 16]) func oneColourIsTransparent(depth: Int) throws {
    var writer = Self.writer(.rgb, depth, 7, 5)
    var samples = Self.samples(writer)
    let key = Array(samples[6..<9])
    samples[12..<15] = samples[6..<9]
    samples[14] ^= 1
    writer.transparency = key.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    try check(writer, samples)
  }

  @Test(arguments: [1, 2, 4, 8]) func palettesHaveOpacities(depth: Int) throws {
    var writer = Self.writer(.palette, depth, 17, 6)
    for opacities: [UInt8] in [[0], [255, 7], Array(0..<UInt8(1 << depth - 1))] {
      writer.transparency = opacities
      try check(writer, Self.samples(writer))
    }
  }

  @Test func aPaletteMayBeShort() throws {
    var writer = Self.writer(.palette, 8, 3, 1)
    writer.palette = [1, 2, 3, 4, 5, 6]
    try check(writer, [0, 1, 0])
  }

  /// Gamma, profile, significant bits and the like describe the values and do not change them.
  @Test(arguments: [(PNGWriter.Color.grey, 16), (.rgb, 8), (.palette, 4), (.rgbAlpha, 16)])
  func ancillaryChunksLeaveTheRawValues(color: PNGWriter.Color, depth: Int) throws {
    var writer = Self.writer(color, depth, 6, 6)
    let significant = [UInt8](repeating: 3, count: color == .palette ? 3 : color.channels)
    writer.early = [
      .init("gAMA", [0, 0, 0x88, 0xB8]), .init("cHRM", [UInt8](repeating: 1, count: 32)),
      .init("sBIT", significant), .init("sRGB", [1]), .init("iCCP", Array("x\0\0broken".utf8)),
    ]
    writer.late = [
      .init("bKGD", color == .palette ? [1] : [0, 1]), .init("pHYs", [0, 0, 0, 1, 0, 0, 0, 2, 1]),
      .init("tEXt", Array("Title\0of no matter".utf8)), .init("zTXt", [1, 2, 3]),
      .init("hIST", [UInt8](repeating: 0, count: writer.palette.count / 3 * 2)),
      .init("tIME", [7, 208, 1, 1, 12, 34, 56]), .init("sPLT", [0]), .init("prVt", [9]),
    ]
    try check(writer, Self.samples(writer))
  }

  @Test(arguments: [1, 2, 7]) func dataMayComeInManyChunks(size: Int) throws {
    var writer = Self.writer(.rgb, 16, 9, 8)
    writer.interlaced = true
    writer.dataSize = size
    try check(writer, Self.samples(writer))
    writer.emptyData = true
    try check(writer, Self.samples(writer))
  }

  @Test(arguments: 0...9) func everyCompressionLevelIsRead(level: Int) throws {
    let (width, height) = (64, 48)
    let pixels = (0..<width * height * 3).map { UInt8(($0 / 3 % width * 3 + $0 % 7) % 256) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = png_codec_write(
      pixels, UInt32(width), UInt32(height), 3, Int32(level), &bytes, &count, nil, 0)
    defer { png_codec_free(bytes) }
    #expect(status == PNG_CODEC_OK)
    let file = Array(UnsafeBufferPointer(start: bytes, count: count))
    #expect(
      try Self.read(.bytes(file, name: "level"))
        == Pixels(channels: 3, bitDepth: 8, values: pixels.map(Int.init)))
  }
}
