import Foundation
import Testing

@testable import EAURepl

@Suite("images in the terminal")
struct InlineImageTests {
  /// Reads sixels back: the picture, and how many palette entries were defined.
  private static func decode(_ sequence: String) throws -> (width: Int, rgb: [[Int]], colours: Int)
  {
    var bytes = Array(sequence.utf8)[...]
    try #require(sequence.hasPrefix("\u{1B}P0;1;0q\"1;1;") && sequence.hasSuffix("\u{1B}\\"))
    bytes = bytes.dropFirst("\u{1B}P0;1;0q\"1;1;".utf8.count).dropLast(2)
    func number() -> Int {
      var value = 0
      while let digit = bytes.first, (48...57).contains(digit) {
        value = value * 10 + Int(digit - 48)
        bytes.removeFirst()
      }
      return value
    }
    func skip() { bytes.removeFirst() }
    let width = number()
    skip()
    let height = number()
    var palette: [Int: [Int]] = [:]
    var rgb = [[Int]](repeating: [], count: width * height)
    var (x, y, colour) = (0, 0, 0)
    while let next = bytes.first {
      skip()
      var count = 1
      switch next {
      case UInt8(ascii: "#"):
        colour = number()
        if bytes.first == UInt8(ascii: ";") {
          skip()
          try #require(number() == 2)
          palette[colour] = [0, 1, 2].map { _ in
            skip()
            return number()
          }
        }
        continue
      case UInt8(ascii: "$"):
        x = 0
        continue
      case UInt8(ascii: "-"):
        (x, y) = (0, y + 6)
        continue
      case UInt8(ascii: "!"):
        count = number()
        let sixel = try #require(bytes.first) - 63
        skip()
        try paint(sixel, count)
      default: try paint(next - 63, 1)
      }
    }
    func paint(_ sixel: UInt8, _ count: Int) throws {
      for _ in 0..<count {
        for bit in 0..<6 where sixel >> UInt8(bit) & 1 == 1 {
          try #require(x < width && y + bit < height)
          rgb[(y + bit) * width + x] = try #require(palette[colour])
        }
        x += 1
      }
    }
    return (width, rgb, palette.count)
  }

  @Test func sixelsDecodeToThePicture() throws {
    // 5 × 8 pixels of six colours: two bands, the second one of two rows.
    let colours: [[UInt8]] = [
      [255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [51, 102, 153],
    ]
    let pixels = (0..<40).map { colours[$0 % 6] }
    let sequence = SixelImage(width: 5, height: 8, rgb: pixels.flatMap { $0 }).sequence
    let image = try Self.decode(sequence)
    #expect(image.width == 5 && image.colours == 6)
    for (found, wanted) in zip(image.rgb, pixels) {
      #expect(found == wanted.map { (Int($0) * 100 + 127) / 255 })
    }
  }

  @Test func aPageInSixelsKeepsItsLook() throws {
    let bitmap = try PageBitmap(PageRenderer.page(PlotBlocks.all), scale: 1)
    let image = try Self.decode(SixelImage(bitmap).sequence)
    #expect(image.colours <= 256)
    var (worst, sum) = (0, 0)
    for (pixel, found) in image.rgb.enumerated() {
      let wanted = bitmap.rgb[3 * pixel..<3 * pixel + 3].map(Int.init)
      for (a, b) in zip(wanted, found) {
        worst = max(worst, abs(a - b * 255 / 100))
        sum += abs(a - b * 255 / 100)
      }
    }
    // Of 255 a channel: only rare shades at the edges of signs are far off.
    #expect(worst <= 64 && sum < bitmap.rgb.count)
  }

  @Test func palettesHaveNoMoreColoursThanAllowed() {
    let rgb = (0..<4096).flatMap { (number: Int) -> [UInt8] in
      [UInt8(number & 255), UInt8(number >> 4 & 255), UInt8(number % 251)]
    }
    let palette = ColourPalette(rgb: rgb, limit: 16)
    #expect(palette.colours.count == 16)
    #expect(palette.indices.count == 4096)
    #expect(palette.indices.allSatisfy { (0..<16).contains($0) })
    let few = ColourPalette(rgb: [1, 2, 3, 9, 9, 9, 1, 2, 3], limit: 16)
    #expect(few.colours == [Colour(1, 2, 3), Colour(9, 9, 9)] && few.indices == [0, 1, 0])
  }

  @Test func kittysChunksJoinToThePNG() throws {
    let png = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
    let parts = KittyImage.sequence(png: png, columns: 70).components(separatedBy: "\u{1B}\\")
    #expect(parts.last == "")
    var text = ""
    for (index, part) in parts.dropLast().enumerated() {
      let halves = part.split(separator: ";", maxSplits: 1)
      let head = try #require(halves.first)
      #expect(head.hasPrefix("\u{1B}_G") && halves[1].utf8.count <= 4096)
      #expect(head.contains("a=T,f=100,q=2,c=70") == (index == 0))
      #expect(head.hasSuffix("m=\(index == parts.count - 2 ? 0 : 1)"))
      text += halves[1]
    }
    #expect(Array(try #require(Data(base64Encoded: text))) == png)
  }

  @Test(arguments: [
    ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;c", ImageFormat.kitty),
    ("\u{1B}[?62;4;6c", .sixel), ("\u{1B}[?4c", .sixel),
    ("\u{1B}_Gi=31;ENOTSUPPORTED\u{1B}\\\u{1B}[?62;4c", .sixel),
    ("\u{1B}[?62;14;44c", nil), ("\u{1B}[?62;4", nil), ("", nil), ("4c", nil),
  ]) func answersAreUnderstood(_ answer: String, _ format: ImageFormat?) {
    #expect(ImageFormat(answer: answer) == format)
  }

  @Test func anAnswerEndsWithTheDeviceAttributes() {
    #expect(!ImageFormat.isComplete("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62"))
    #expect(ImageFormat.isComplete("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c"))
  }

  @Test func theEnvironmentDecides() {
    #expect(ImageSupport(environment: ["EAU_IMAGES": "kitty"]).format == .kitty)
    #expect(ImageSupport(environment: ["EAU_IMAGES": "sixel", "TERM": "dumb"]).format == .sixel)
    #expect(ImageSupport(environment: ["EAU_IMAGES": "off", "TERM": "xterm"]).format == nil)
    for environment in [
      [:], ["TERM": "dumb"], ["TERM": "xterm", "TMUX": "/tmp/x"], ["TERM": "screen-256color"],
    ] { #expect(ImageSupport(environment: environment).format == nil) }
  }
}
