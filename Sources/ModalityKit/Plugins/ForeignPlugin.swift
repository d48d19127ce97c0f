import Foundation
import PluginABI

/// The toolkit's side of `eau_plugin.h`: everything a plugin answers is checked here.
///
/// Unchecked because the table is C's: the header lets its functions be called from several threads,
/// and those of a plugin with the trait `serial` are called one at a time.
final class ForeignPlugin: @unchecked Sendable {
  let table: UnsafePointer<eau_plugin>
  let descriptor: EncoderDescriptor
  let corruptions: [CorruptionDescriptor]
  private let turn: NSLock?

  init(_ table: UnsafePointer<eau_plugin>, path: String) throws(PluginError) {
    guard table.pointee.size >= MemoryLayout<eau_plugin>.size, table.pointee.abi == EAU_PLUGIN_ABI
    else {
      throw PluginError(
        "plugin-wrong-abi",
        "\(path) speaks ABI \(table.pointee.abi) in \(table.pointee.size) bytes, expected "
          + "\(EAU_PLUGIN_ABI) in \(MemoryLayout<eau_plugin>.size)",
        hint: "build it with this toolkit's eau_plugin.h")
    }
    let api = table.pointee
    guard api.create != nil, api.destroy != nil, api.decode != nil, api.release != nil,
      api.names != nil, api.encode != nil
    else {
      throw PluginError(
        "plugin-bad-descriptor", "\(path) lacks a function that is not optional",
        hint: "only fit, corrupt and preview may be NULL")
    }
    guard let text = api.descriptor else { throw PluginError.badDescriptor("it is NULL") }
    let json: DescriptorJSON
    do {
      json = try JSONDecoder().decode(DescriptorJSON.self, from: Data(String(cString: text).utf8))
    } catch {
      throw PluginError.badDescriptor("\(error)")
    }
    self.table = table
    descriptor = try json.descriptor()
    corruptions = api.corrupt == nil ? [] : json.corruptionDescriptors
    turn = descriptor.traits.contains(.serial) ? NSLock() : nil
  }

  var type: EncoderType {
    EncoderType(descriptor: descriptor, corruptions: corruptions) {
      (json: Data?) throws(EncoderError) in
      let configuration = try self.configuration(json)
      return ForeignEncoder(try ForeignInstance(self, configuration, state: nil))
    }
  }

  /// Every parameter, the given ones in place of the defaults, keys sorted.
  private func configuration(_ json: Data?) throws(EncoderError) -> Data {
    var words: [(name: String, value: String)] = []
    var given: [String: Any] = [:]
    if let json {
      guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
        throw EncoderError(
          .badParameter, "the configuration of \(descriptor.identifier) is no JSON object",
          hint: "expected its parameters by name")
      }
      given = object
    }
    for parameter in descriptor.parameters {
      let word = given[parameter.name].map { parameter.word(for: $0) } ?? parameter.defaultText
      words.append((parameter.name, word))
    }
    if let unknown = given.keys.sorted().first(where: { key in
      !descriptor.parameters.contains { $0.name == key }
    }) {
      words.append((unknown, ""))
    }
    words.sort { $0.name < $1.name }
    return try parameterJSON(
      words, describedBy: descriptor.parameters, owner: descriptor.identifier)
  }

  /// Calls a function of the table, and turns what it says into an error of a kind.
  func call(
    _ kind: EncoderError.Kind,
    _ body: (eau_plugin, UnsafePointer<eau_plugin>, UnsafeMutablePointer<eau_error>) -> Int32
  ) throws(EncoderError) {
    var error = eau_error()
    let status = inTurn { body(table.pointee, table, &error) }
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

extension ParameterDescriptor {
  /// A JSON value as a person would type it.
  fileprivate func word(for value: Any) -> String {
    switch (kind, value) {
    case (.flag, let number as NSNumber): number.boolValue ? "on" : "off"
    case (.integer, let number as NSNumber):
      number.doubleValue == number.doubleValue.rounded()
        ? String(number.intValue) : "\(number)"
    default: "\(value)"
    }
  }
}
