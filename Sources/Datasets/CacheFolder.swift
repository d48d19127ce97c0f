import Foundation

/// Where what can be made again is kept: `$XDG_CACHE_HOME/eau`, or below `~/.cache`.
public enum CacheFolder {
  public static func path(_ environment: [String: String]) -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let base =
      value("XDG_CACHE_HOME") ?? value("HOME").map { "\($0)/.cache" }
      ?? NSTemporaryDirectory() + "eau-cache"
    return "\(base)/eau"
  }
}
