import ModalityKit
import SeededRandom

/// Raw inputs no encoder should fall over, whatever it reads.
public enum HostileInputs {
  /// By name, for messages.
  public static let all: [(name: String, input: RawInput)] = {
    var generator = SeededGenerator(seed: 1, stream: stableHash("hostile"))
    func random(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
    func bytes(_ name: String, _ content: [UInt8]) -> (name: String, input: RawInput) {
      (name, .bytes(content, name: name))
    }
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let wave = Array("RIFF\u{24}\0\0\0WAVEfmt ".utf8)
    return [
      ("an empty text", .text("")), ("one letter", .text("a")),
      ("blanks", .text(String(repeating: " \n\t", count: 1000))),
      ("a control character", .text("\u{0}\u{1B}[2J\u{7F}")),
      ("one word of 100,000 letters", .text(String(repeating: "x", count: 100_000))),
      ("10,000 words", .text(String(repeating: "word ", count: 10_000))),
      ("combining marks", .text("e" + String(repeating: "\u{301}", count: 5000))),
      bytes("no bytes", []), bytes("one byte", [0]),
      bytes("blank bytes", Array(repeating: 0, count: 65_536)),
      bytes("random bytes", random(4096)), bytes("a PNG signature alone", png),
      bytes("a PNG signature and random bytes", png + random(2048)),
      bytes("a WAVE header alone", wave),
      bytes("a WAVE header and random bytes", wave + random(2048)),
      ("a missing file", .file(path: "/nonexistent/eau-check")), ("a folder", .file(path: "/")),
      ("an endless device", .file(path: "/dev/zero")),
      ("no numbers", .numbers([])), ("one number", .numbers([0])),
      ("numbers that are not finite", .numbers([.nan, .infinity, -.infinity])),
      ("huge numbers", .numbers([1e308, -1e308, .leastNonzeroMagnitude])),
      ("100,000 numbers", .numbers([Double](repeating: 1, count: 100_000))),
    ]
  }()
}
