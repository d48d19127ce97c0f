import Foundation
import ModalityKit
import PluginABI
import PluginProcess

/// What it costs to reach an encoder behind the plugin doors: the smallest of encoders, on a short
/// text, one sample at a time. `run.py` puts the plugin into the folder.
enum PluginWorks {
  static var all: [Work] {
    [
      .init(name: "plugin-direct", prepare: direct), .init(name: "plugin-c", prepare: inProcess),
      .init(name: "plugin-isolated", prepare: isolated),
      .init(name: "plugin-python", prepare: python),
    ]
  }

  private static let text = "a bird sings in the old oak"

  private static func inProcess(_ folder: String) throws -> () throws -> Double {
    try encode(try PluginLibrary.load("\(folder)/vowels.so"), samples: 10_000)
  }

  private static func isolated(_ folder: String) throws -> () throws -> Double {
    let command = ["\(folder)/eau", "--serve-plugin", "\(folder)/vowels.so"]
    return try encode(
      try ProcessPlugin(command, name: "vowels.so", origin: nil).type, samples: 1000)
  }

  private static func python(_ folder: String) throws -> () throws -> Double {
    let plugin = try ProcessPlugin(
      ["python3", "\(folder)/vowels.py"], name: "vowels.py", origin: nil)
    return try encode(plugin.type, samples: 1000)
  }

  private static func encode(_ type: EncoderType, samples: Int) throws -> () throws -> Double {
    let encoder = try type.make()
    let signal = try encoder.decode(.text(text))
    let fitted = try encoder.fit([signal])
    var row = FeatureRow()
    return {
      for _ in 0..<samples { try fitted.encode(signal, into: &row) }
      return Double(samples)
    }
  }

  /// The plugin's own function, called as a program in C would.
  private static func direct(_ folder: String) throws -> () throws -> Double {
    struct Missing: Error {}
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<eau_plugin>?
    guard let library = dlopen("\(folder)/vowels.so", RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(library, "eau_plugin_entry"),
      let table = unsafeBitCast(symbol, to: Entry.self)(UInt32(EAU_PLUGIN_ABI))
    else { throw Missing() }
    var (encoder, signal): (OpaquePointer?, OpaquePointer?)
    var error = eau_error()
    let bytes = Array(text.utf8) + [0]
    let status = "text".withCString { name in
      bytes.withUnsafeBytes { bytes in
        var input = eau_input(
          kind: UInt32(EAU_TEXT), name: name, bytes: bytes.baseAddress, count: bytes.count - 1)
        return table.pointee.create(table, "{\"scale\":1}", nil, 0, &encoder, &error)
          + table.pointee.decode(table, encoder, &input, &signal, &error)
      }
    }
    guard status == 0 else { throw Missing() }
    var values = [Float](repeating: 0, count: 5)
    return {
      var failures: Int32 = 0
      values.withUnsafeMutableBufferPointer { values in
        for _ in 0..<10_000 {
          var row = eau_row(values: values.baseAddress, indices: nil, capacity: 5, count: 5)
          failures += table.pointee.encode(table, encoder, signal, &row, &error)
        }
      }
      guard failures == 0 else { throw Missing() }
      return 10_000
    }
  }
}
