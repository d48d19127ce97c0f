import Foundation
import ModalityKit

/// An encoder that runs in a process of its own and speaks the line protocol.
public final class ProcessPlugin: Sendable {
  /// For the registry.
  public let type: EncoderType
  private let connection: PluginConnection

  /// Starts the program and asks what it is.
  ///
  /// - Parameters:
  ///   - command: the program, looked for in PATH if its name has no slash, and its arguments.
  ///   - origin: where the encoder comes from, for model files and caches.
  ///   - shouldStop: asked while an answer is waited for; true ends the process.
  /// - Throws: `PluginError`: `plugin-not-loadable` for a program that does not start or answer,
  ///   `plugin-wrong-abi` for another protocol, `plugin-bad-descriptor`.
  public init(
    _ command: [String], name: String, origin: PluginOrigin?, limits: PluginLimits = PluginLimits(),
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(PluginError) {
    let connection = PluginConnection(
      name: name, command: command, limits: limits, shouldStop: shouldStop)
    let greeting: Answer
    do throws(EncoderError) {
      greeting = try connection.perform { plugin throws(EncoderError) in plugin.greeting }
    } catch {
      throw PluginError("plugin-not-loadable", error.message, hint: error.hint)
    }
    guard greeting.version == protocolVersion else {
      throw PluginError(
        "plugin-wrong-abi",
        "\(name) speaks version \(greeting.version.map(String.init) ?? "?") of the protocol, "
          + "expected \(protocolVersion)", hint: "use the eau_plugin.py of this toolkit")
    }
    guard let json = greeting.descriptor else { throw PluginError.badDescriptor("there is none") }
    let described = RemoteDescription(
      descriptor: try json.descriptor(origin: origin),
      corruptions: json.corruptionDescriptors, functions: Set(greeting.functions ?? []))
    self.connection = connection
    type = EncoderType(descriptor: described.descriptor, corruptions: described.corruptions) {
      (json: Data?) throws(EncoderError) in
      try RemoteEncoder(
        connection, described, configuration: try described.descriptor.configuration(json))
    }
  }

  /// Faults that no call could report, each told once: it ended between two calls, or in letting
  /// an encoder go.
  public func complaints() -> [String] { connection.complaints() }

  /// Lets go what is no longer needed now, so that `complaints` knows of faults in that.
  public func settle() { connection.settle() }
}

/// What a plugin said of itself.
struct RemoteDescription: Sendable {
  let descriptor: EncoderDescriptor
  let corruptions: [CorruptionDescriptor]
  /// Of the optional ones: `preview`, `warnings`.
  let functions: Set<String>
}
