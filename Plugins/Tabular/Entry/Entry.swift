import ModalityKit
import Tabular

@_cdecl("eau_plugin_entry")
public func entry(_ abi: UInt32) -> UnsafeRawPointer? { exportPlugin(TabularEncoder.self, abi) }
