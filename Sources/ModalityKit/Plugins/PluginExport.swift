import Foundation
import PluginABI

/// Offers a Swift encoder as a plugin. In a dynamic library that depends on ModalityKit:
///
///     @_cdecl("eau_plugin_entry")
///     public func entry(_ abi: UInt32) -> UnsafeRawPointer? { exportPlugin(MyEncoder.self, abi) }
///
/// - Returns: what the toolkit that loads the library expects; nil for another version of it.
public func exportPlugin<Encoder: ModalityEncoder>(
  _ type: Encoder.Type, _ abi: UInt32
) -> UnsafeRawPointer? {
  exportPlugin(EncoderType(type), abi)
}

/// The same for an entry of a registry.
public func exportPlugin(_ type: EncoderType, _ abi: UInt32) -> UnsafeRawPointer? {
  guard abi == EAU_PLUGIN_ABI,
    let json = try? JSONEncoder().encode(DescriptorJSON(type.descriptor, type.corruptions)),
    let descriptor = strdup(String(decoding: json, as: UTF8.self))
  else { return nil }
  // Lives as long as the library is loaded, which is until the process ends.
  let table = UnsafeMutablePointer<eau_plugin>.allocate(capacity: 1)
  table.initialize(
    to: eau_plugin(
      size: UInt32(MemoryLayout<eau_plugin>.size), abi: abi,
      context: Unmanaged.passRetained(Exported(type)).toOpaque(), descriptor: descriptor,
      create: exportedCreate, destroy: exportedDestroy, decode: exportedDecode,
      release: exportedRelease, fit: exportedFit, names: exportedNames, encode: exportedEncode,
      corrupt: exportedCorrupt, preview: exportedPreview, warnings: exportedWarnings))
  return UnsafeRawPointer(table)
}
