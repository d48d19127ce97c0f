import ModalityKit

/// Plugins as they are shown.
enum PluginView {
  static func loaded(_ plugin: LoadedPlugin) -> Report {
    let descriptor = plugin.descriptor
    return Report(
      blocks: [
        .text(
          "loaded \(descriptor.identifier) \(descriptor.version) for \(descriptor.modality) "
            + "(\(plugin.place.text)): \(descriptor.summary)"),
        .note("`use \(descriptor.modality) \(descriptor.identifier)` chooses it"),
      ],
      result: .object([("action", .string("load"))] + fields(plugin)))
  }

  static func list(_ plugins: [LoadedPlugin]) -> Report {
    let table = Table(
      columns: [
        .init("encoder"), .init("version", .right), .init("modality"), .init("runs"), .init("file"),
      ],
      rows: plugins.map {
        [
          $0.descriptor.identifier, "\($0.descriptor.version)", $0.descriptor.modality,
          $0.place.text, $0.path,
        ]
      })
    let shipped = ShippedPlugins.all.map(\.name)
    var blocks: [Block] = plugins.isEmpty ? [.text("no plugin is loaded")] : [.table(table)]
    if !shipped.isEmpty {
      blocks.append(
        .note("with the toolkit come \(shipped.joined(separator: ", ")): `plugin load NAME`"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("action", .string("list")),
        ("plugins", .array(plugins.map { .object(fields($0)) })),
        ("shipped", .array(shipped.map { .string($0) })),
      ]))
  }

  static func info(_ plugin: LoadedPlugin) -> Report {
    let descriptor = plugin.descriptor
    let traits = descriptor.traits.map(\.rawValue).sorted()
    let facts = Table(
      columns: [.init("plugin"), .init(descriptor.identifier)],
      rows: [
        ["version", "\(descriptor.version)"], ["file", plugin.path], ["runs", plugin.place.text],
        ["traits", traits.isEmpty ? "none" : traits.joined(separator: ", ")],
      ])
    return Report(
      blocks: EncoderView.blocks(plugin.type) + [.table(facts)],
      result: .object(
        [("action", .string("info"))] + fields(plugin) + [
          ("traits", .array(traits.map { .string($0) })),
          ("encoder", EncoderView.json(plugin.type)),
        ]))
  }

  private static func fields(_ plugin: LoadedPlugin) -> [(String, JSONValue)] {
    let descriptor = plugin.descriptor
    return [
      ("identifier", .string(descriptor.identifier)), ("version", .integer(descriptor.version)),
      ("modality", .string(descriptor.modality)), ("path", .string(plugin.path)),
      ("place", .string(plugin.place.rawValue)),
    ]
  }
}
