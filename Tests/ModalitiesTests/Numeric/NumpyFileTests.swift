import Foundation
import Modalities
import ModalityKit
import Testing

/// Against files that numpy wrote: `make_fixtures.py` beside them.
@Suite struct NumpyFileTests {
  static let folder = Fixture.folder.deletingLastPathComponent().appending(path: "numeric")

  static let expected: [String: [Double]] = {
    let data = try? Data(contentsOf: folder.appending(path: "expected.json"))
    return data.flatMap { try? JSONDecoder().decode([String: [Double]].self, from: $0) } ?? [:]
  }()

  private func values(_ raw: RawInput) throws -> [Double] {
    try VectorEncoder.configured().decode(raw).values
  }

  private func file(_ name: String) -> RawInput {
    .file(path: Self.folder.appending(path: "\(name).npy").path())
  }

  /// The bytes of a good file: 80 bytes up to the numbers are its header.
  private func bytes(_ name: String = "float64") throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).npy")))
  }

  @Test func readsWhatNumpyWrote() throws {
    #expect(Self.expected.count == 19)
    for (name, numbers) in Self.expected {
      #expect(try values(file(name)) == numbers, "\(name)")
    }
    // By its signature, whatever it is called.
    #expect(try values(.bytes(bytes(), name: "row.dat")) == Self.expected["float64"])
  }

  @Test(arguments: [
    ("object", EncoderError.Kind.wrongFormat, "|O"), ("complex", .wrongFormat, "<c16"),
    ("half", .wrongFormat, "<f2"), ("text", .wrongFormat, "<U1"),
    ("records", .wrongFormat, "records"), ("date", .wrongFormat, "<M8[D]"),
    ("matrix", .wrongFormat, "2 × 3"), ("column", .wrongFormat, "3 × 1"),
    ("scalar", .wrongFormat, "a single number"), ("empty", .emptyInput, "found none"),
    ("nan", .wrongInput, "place 2"), ("infinite", .wrongInput, "-inf in place 2"),
  ])
  func refusesWhatIsNoVector(name: String, kind: EncoderError.Kind, words: String) {
    let error = #expect(throws: EncoderError.self) { try values(file("bad-\(name)")) }
    #expect(error?.kind == kind)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func everyTruncationAndEveryAdditionIsRefused() throws {
    let whole = try bytes()
    for length in 0..<whole.count {
      let raw = RawInput.bytes(Array(whole.prefix(length)), name: "cut.npy")
      #expect(throws: EncoderError.self, "\(length) bytes") { try values(raw) }
    }
    let kind = errorKind { _ = try values(.bytes(whole + [0], name: "long.npy")) }
    #expect(kind == .damaged)
  }

  /// No byte of the header may trap, whatever it says, nor make memory be asked for.
  @Test func anyByteOfTheHeaderMayBeAnything() throws {
    let whole = try bytes()
    let numbers = try #require(Self.expected["float64"]?.count) * 8
    for place in 0..<(whole.count - numbers) {
      for value in [0, 1, 0x27, 0x28, 0x29, 0x2C, 0x39, 0x7D, 0xFF] as [UInt8] {
        var changed = whole
        changed[place] = value
        let read = try? values(.bytes(changed, name: "x.npy"))
        #expect(read.map { $0.count <= numbers } ?? true)
      }
    }
  }

  private func kind(_ header: String, version: UInt8 = 1, length: Int? = nil) -> EncoderError.Kind?
  {
    let text = Array(header.utf8)
    let count = length ?? text.count
    let sizes = version == 1 ? 2 : 4
    let bytes =
      [0x93] + Array("NUMPY".utf8) + [version, 0]
      + (0..<sizes).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + text
      + [UInt8](repeating: 0, count: 16)
    return errorKind { _ = try values(.bytes(bytes, name: "x.npy")) }
  }

  @Test(arguments: [
    "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 4611686018427387904), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f8', 'shape': (2,), }", "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), } extra", "{", "", "\u{0}\u{0}",
  ])
  func headersThatLie(_ header: String) {
    #expect(kind(header) == .damaged)
  }

  @Test func sizesAreCheckedBeforeMemoryIsAskedFor() {
    let good = "{'shape': (2,), 'fortran_order': True, 'descr': \"<f8\"}\n"
    #expect(kind(good) == nil && kind(good, version: 2) == nil && kind(good, version: 3) == nil)
    #expect(kind(good, version: 4) == .wrongFormat)
    #expect(kind(good, version: 2, length: 0xFFFF_FFFF) == .tooLarge)
    #expect(kind(good, length: 200) == .damaged)
    let huge = good.replacing("(2,)", with: "(1099511627776,)")
    #expect(kind(huge) == .tooLarge)
    let bad = errorKind { _ = try values(.bytes(Array("1,2".utf8), name: "x.npy")) }
    #expect(bad == .wrongFormat)
  }
}
