import Foundation
import PluginABI

/// The toolkit's side of `eau_plugin.h`: everything a plugin answers is checked here.
///
/// Unchecked because the table is C's: the header lets its functions be called from several threads,
/// and those of a plugin with the trait `serial` are called one at a time.
final class ForeignPlugin: @unchecked Sendable {
  let table: UnsafePointer<eau_plugin>
  /// What the table holds; members that the plugin's header did not have yet are NULL.
  let functions: eau_plugin
  let descriptor: EncoderDescriptor
  let corruptions: [CorruptionDescriptor]
  private let turn: NSLock?

  /// Of the first header of this ABI, which ended before `warnings`.
  private static let leastSize =
    MemoryLayout<eau_plugin>.offset(of: \.warnings) ?? MemoryLayout<eau_plugin>.size

  init(
    _ table: UnsafePointer<eau_plugin>, path: String, origin: PluginOrigin?
  ) throws(PluginError) {
    // The first two members tell how many others there are.
    let head = UnsafeRawPointer(table)
    let size = Int(head.load(as: UInt32.self))
    let abi = head.load(fromByteOffset: 4, as: UInt32.self)
    guard size >= Self.leastSize, abi == EAU_PLUGIN_ABI else {
      throw PluginError(
        "plugin-wrong-abi",
        "\(path) speaks ABI \(abi) in \(size) bytes, expected "
          + "\(EAU_PLUGIN_ABI) in \(Self.leastSize) or more",
        hint: "build it with this toolkit's eau_plugin.h")
    }
    var api = eau_plugin()
    withUnsafeMutableBytes(of: &api) { bytes in
      bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: head, count: min(size, bytes.count)))
    }
    guard api.create != nil, api.destroy != nil, api.decode != nil, api.release != nil,
      api.names != nil, api.encode != nil
    else {
      throw PluginError(
        "plugin-bad-descriptor", "\(path) lacks a function that is not optional",
        hint: "only fit, corrupt, preview and warnings may be NULL")
    }
    guard let text = api.descriptor else { throw PluginError.badDescriptor("it is NULL") }
    let json: DescriptorJSON
    do {
      json = try JSONDecoder().decode(DescriptorJSON.self, from: Data(String(cString: text).utf8))
    } catch {
      throw PluginError.badDescriptor("\(error)")
    }
    self.table = table
    functions = api
    descriptor = try json.descriptor(origin: origin)
    corruptions = api.corrupt == nil ? [] : json.corruptionDescriptors
    turn = descriptor.traits.contains(.serial) ? NSLock() : nil
  }

  var type: EncoderType {
    EncoderType(descriptor: descriptor, corruptions: corruptions) {
      (json: Data?) throws(EncoderError) in
      let configuration = try self.descriptor.configuration(json)
      return ForeignEncoder(try ForeignInstance(self, configuration, state: nil))
    }
  }

  /// Calls a function of the table, and turns what it says into an error of a kind.
  func call(
    _ kind: EncoderError.Kind,
    _ body: (eau_plugin, UnsafePointer<eau_plugin>, UnsafeMutablePointer<eau_error>) -> Int32
  ) throws(EncoderError) {
    var error = eau_error()
    let status = inTurn { body(functions, table, &error) }
    guard status == 0 else {
      let (message, hint) = (Self.text(&error.message), Self.text(&error.hint))
      throw EncoderError(
        kind,
        "\(descriptor.identifier): " + (message.isEmpty ? "failed with \(status)" : message),
        hint: hint.isEmpty ? "this comes from the plugin" : hint)
    }
  }

  func inTurn<Result>(_ body: () -> Result) -> Result {
    guard let turn else { return body() }
    return turn.withLock(body)
  }

  private static func text<Characters>(_ characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
