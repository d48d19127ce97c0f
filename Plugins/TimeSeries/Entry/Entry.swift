import ModalityKit
import TimeSeries

@_cdecl("eau_plugin_entry")
public func entry(_ abi: UInt32) -> UnsafeRawPointer? { exportPlugin(TimeSeriesEncoder.self, abi) }
