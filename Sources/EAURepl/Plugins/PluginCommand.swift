import Foundation
import ModalityKit
import PluginProcess
import PluginTemplates

struct PluginCommand: Command {
  static let name = "plugin"
  static let usage =
    "plugin load PATH | list | info NAME | check PATH [SAMPLE …] | "
    + "new NAME [--language LANGUAGE]"
  static let summary = "load encoders that others wrote, check them, write your own"
  static let examples = [
    "plugin new pitch --language python", "plugin load ./pitch/pitch_encoder.py", "plugin list",
    "plugin check ./libpitch.so a.wav b.wav", "plugin load ./libpitch.so --isolated limit=5",
  ]
  static let details = """
    load PATH    load the encoder of a shared object (.so), a Python script (.py) or a program; \
    `use MODALITY ENCODER` chooses it. It may do what you may: only load what you trust. For a plugin \
    that comes with the toolkit (`plugin list`) its name is enough
    --isolated   scripts and programs always run in a process of their own: if it crashes or hangs, \
    the command fails and the session goes on. To fit it may take ten times the limit
    list         the plugins of this session, and those of the toolkit
    info NAME    all about a loaded encoder, or about the one of a path
    check PATH   hold an encoder to everything the toolkit expects of one, in a process of its own, on \
    samples it must be able to read: files, or sentences in quotes; without any, on some of `demo`
    new NAME     write a plugin to begin with into the folder NAME
    """
  static let parameters: [Parameter] = [
    .word("ACTION", .choice(actions), "what to do; the words below follow"),
    .word("NAME|PATH", .file([]), "as the action asks", optional: true, repeats: true),
    .flag("isolated", "load: run a shared object in a process of its own"),
    .option(
      "language", .choice(PluginTemplate.Language.allCases.map(\.rawValue)),
      "new: of the plugin to begin with (python)"),
    .setting("limit", .numbers(0.01...86_400), "seconds a process may take to answer (20)"),
    .setting("memory", .integers(16...1_048_576), "megabytes it may hold (4096)"),
  ]
  static let seeAlso = ["encoders", "use"]

  static let actions = ["load", "list", "info", "check", "new"]

  static func candidates(at place: CompletionPlace) -> [String] {
    switch (place.position, place.standing.first) {
    case (1, "load"): ShippedPlugins.all.map(\.name) + place.paths([])
    case (1, "info"): place.session.plugins.map(\.descriptor.identifier) + place.paths([])
    case (1..., "list"), (1..., "new"): place.options(parameters)
    default: place.candidates(parameters)
    }
  }

  private enum Action {
    case load(String, isolated: Bool, PluginLimits)
    case list
    case info(String)
    case check(String, samples: [String], PluginLimits)
    case new(NewPlugin)
  }

  private let action: Action

  init(_ arguments: Arguments) throws {
    guard let verb = arguments.positional.first else {
      throw CommandError.usage(Self.self, "expected what to do, found nothing")
    }
    let rest = Array(arguments.positional.dropFirst())
    switch (verb, rest.count) {
    case ("load", 1):
      action = .load(rest[0], isolated: arguments.has("isolated"), try Self.limits(arguments))
    case ("list", 0): action = .list
    case ("info", 1): action = .info(rest[0])
    case ("check", 1...):
      action = .check(rest[0], samples: Array(rest.dropFirst()), try Self.limits(arguments))
    case ("new", 1):
      action = .new(try NewPlugin(rest[0], language: try arguments.value(of: "language")))
    default:
      guard Self.actions.contains(verb) else {
        throw CommandError.unknown("action", verb, among: Self.actions)
      }
      throw CommandError.usage(
        Self.self, "`\(verb)` takes other arguments: `help plugin` shows them")
    }
    let isLimited = verb == "load" || verb == "check"
    if !isLimited { try arguments.checkNoSettings(Self.self) }
    if arguments.has("isolated"), verb != "load" {
      throw CommandError.usage(Self.self, "--isolated belongs to `load`")
    }
    if arguments.has("language"), verb != "new" {
      throw CommandError.usage(Self.self, "--language belongs to `new`")
    }
  }

  private static func limits(_ arguments: Arguments) throws -> PluginLimits {
    var limits = PluginLimits()
    for (key, value) in arguments.settings.map({ ($0.key, $0.value) }) {
      let number = Double(value) ?? .nan
      switch key {
      case "limit" where (0.01...86_400).contains(number): limits.seconds = number
      case "memory" where (16...1_048_576).contains(number):
        limits.memory = UInt64(number * 1_048_576)
      case "limit":
        throw CommandError.usage(Self.self, "limit expects seconds 0.01…86400, found \(value)")
      case "memory":
        throw CommandError.usage(Self.self, "memory expects megabytes 16…1048576, found \(value)")
      default: throw CommandError.unknown("setting", key, among: ["limit", "memory"])
      }
    }
    return limits
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    switch action {
    case .load(let path, let isolated, let limits):
      let plugin = try session.load(path, isolated: isolated, limits: limits)
      let isolation = plugin.place == .isolated ? " --isolated" : ""
      let place = Word.written(SessionScript.absolute(plugin.path))
      session.script.note(
        "plugin load \(place)\(isolation) limit=\(limits.seconds) memory=\(limits.memory >> 20)",
        key: "plugin \(plugin.descriptor.identifier)")
      var report = PluginView.loaded(plugin)
      if session.isEncoded(by: plugin.descriptor.identifier) {
        report.blocks.append(.note("the open data set was encoded before: `open` it again"))
      }
      return report
    case .list: return PluginView.list(session.plugins)
    case .info(let name):
      return PluginView.info(
        try session.plugins.first { $0.descriptor.identifier == name }
          ?? LoadedPlugin(name, isolated: true))
    case .check(let path, let samples, let limits):
      return try PluginCheck(path, samples: samples, limits: limits).report()
    case .new(let plugin):
      if let known = session.core.encoderType(identifier: plugin.name) {
        throw CommandError(
          "plugin-name-taken",
          "there is an encoder called \(plugin.name) already, for \(known.descriptor.modality)",
          hint: "choose another name")
      }
      return try plugin.write()
    }
  }
}

extension Session {
  /// What went wrong in plugins where no command could fail by it.
  func pluginComplaints() -> [String] { plugins.flatMap { $0.process?.complaints() ?? [] } }

  /// Registers the encoder of a plugin; one it loaded before is replaced.
  mutating func load(
    _ path: String, isolated: Bool, limits: PluginLimits
  ) throws -> LoadedPlugin {
    let plugin = try LoadedPlugin(path, isolated: isolated, limits: limits)
    if plugin.place == .session { try checkUnchanged(plugin) }
    let identifier = plugin.descriptor.identifier
    if let known = core.encoderType(identifier: identifier),
      !plugins.contains(where: { $0.descriptor.identifier == identifier })
    {
      throw CommandError(
        "plugin-name-taken",
        "\(path) calls its encoder \(identifier), as a built-in encoder for "
          + "\(known.descriptor.modality) is called",
        hint: "give it an identifier of its own")
    }
    plugins.removeAll { $0.descriptor.identifier == identifier }
    plugins.append(plugin)
    core.register(plugin.type)
    for (place, chosen) in chosenEncoders.enumerated()
    where chosen.encoder.descriptor.identifier == identifier {
      chosenEncoders[place].encoder = try plugin.type.make(
        configurationJSON: chosen.encoder.configurationJSON)
    }
    return plugin
  }

  /// The system keeps what it loaded: a shared object that was built anew would be the old one still.
  private mutating func checkUnchanged(_ plugin: LoadedPlugin) throws {
    let path = URL(filePath: plugin.path).resolvingSymlinksInPath().path
    let origin = plugin.descriptor.origin
    if let before = sharedObjects[path], before != origin {
      throw PluginError(
        "plugin-changed", "\(plugin.path) has changed since this session loaded it",
        hint: "start eau again, or load it with --isolated")
    }
    sharedObjects[path] = origin
  }

  /// Whether the open data set was encoded by a plugin that was loaded before.
  func isEncoded(by identifier: String) -> Bool {
    data?.pipelines.contains { $0.encoder.descriptor.identifier == identifier } ?? false
  }
}
