import Foundation
import ModalityKit
import PluginProcess

/// The other side of `plugin load … --isolated`: this program, serving one shared object to a session
/// over standard input and output.
enum PluginHost {
  /// Of the command line; not for people.
  static let option = "serve-plugin"

  /// This program itself, also if its file was replaced since it was started.
  static let program = "/proc/self/exe"

  static func run(_ path: String) -> Int32 {
    let streams = PluginServer.claimStandardStreams()
    do {
      var server = PluginServer(
        try PluginLibrary.load(path, isTrusted: ShippedPlugins.contain(path)), input: streams.input,
        output: streams.output)
      server.run()
      return 0
    } catch {
      PluginServer.refuse(error, output: streams.output)
      return 1
    }
  }
}
