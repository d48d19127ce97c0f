import Autograd
import SeededRandom
import Testing

@Suite struct SafeTensorsTests {
  private let file = SafeTensors(
    tensors: [
      ("a.weight", .float(shape: [2, 3], values: [1, -2, 3.5, .leastNonzeroMagnitude, 0, 1e30])),
      ("b", .double(shape: [2], values: [0.1, -7])), ("empty", .float(shape: [0, 4], values: [])),
    ], metadata: ["eau": "{\"quote\": \"\\\" é 融\"}", "format": "eau"])

  @Test func roundTrip() throws {
    let bytes = try file.encoded()
    #expect(try SafeTensors(decoding: bytes) == file)
    #expect(try file.encoded() == bytes)
    // The numbers begin at a multiple of 8.
    let header = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(header % 8 == 0)
  }

  private func bytes(_ header: String, data: Int = 0) -> [UInt8] {
    let text = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
      + Array(repeating: 0, count: data)
  }

  @Test func refusals() {
    func refuse(_ bytes: [UInt8], _ expected: SafeTensorsError) {
      #expect(throws: expected) { try SafeTensors(decoding: bytes) }
    }
    refuse([1, 2, 3], .tooShort(3))
    refuse(Array(repeating: 255, count: 16), .headerTooLong(.max))
    refuse(bytes("not json"), .headerNotJSON)
    refuse(bytes("[1]"), .headerNotJSON)
    refuse(bytes("{\"a\":{\"dtype\":\"F32\"}}"), .entryMalformed("a"))
    refuse(bytes("{\"__metadata__\":{\"a\":1}}"), .entryMalformed("__metadata__"))
    func entry(_ shape: String, _ offsets: String, _ type: String = "F32") -> String {
      "{\"a\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
    }
    refuse(bytes(entry("[1]", "[0,8]"), data: 4), .outOfBounds(name: "a"))
    refuse(bytes(entry("[1]", "[4,0]"), data: 4), .outOfBounds(name: "a"))
    refuse(bytes(entry("[-1]", "[0,4]"), data: 4), .outOfBounds(name: "a"))
    refuse(
      bytes(entry("[9223372036854775807,2]", "[0,4]"), data: 4), .outOfBounds(name: "a"))
    refuse(
      bytes(entry("[2]", "[0,4]"), data: 4), .sizeMismatch(name: "a", expected: 8, found: 4))
    refuse(
      bytes(entry("[1]", "[0,4]", "BF16"), data: 4), .unsupportedType(name: "a", type: "BF16"))
    refuse(bytes(entry("[1]", "[0,4]"), data: 12), .holesOrOverlap(name: "end of file"))
    refuse(bytes(entry("[1]", "[4,8]"), data: 8), .holesOrOverlap(name: "a"))
  }

  /// Any damage is either refused or read as some file: never a crash.
  @Test func damagedBytesNeverCrash() throws {
    let whole = try file.encoded()
    var generator = SeededGenerator(seed: 9)
    var refused = 0
    for _ in 0..<3000 {
      var damaged = whole
      if generator.uniform() < 0.3 {
        damaged.removeLast(generator.index(below: damaged.count))
      }
      for _ in 0..<1 + generator.index(below: 4) where !damaged.isEmpty {
        damaged[generator.index(below: damaged.count)] = UInt8(generator.index(below: 256))
      }
      if (try? SafeTensors(decoding: damaged)) == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }
}
