/// Why a plugin cannot be used.
public struct PluginError: ExplainedError, Equatable {
  public let code: String
  public let message: String
  public let hint: String

  public init(_ code: String, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  package static func badDescriptor(_ what: String) -> PluginError {
    PluginError(
      "plugin-bad-descriptor", "the plugin's descriptor is not sound: \(what)",
      hint: "eau_plugin.h shows what it holds")
  }
}
