import Datasets
import FeatureCache
import Foundation
import Fusion
import ModalityKit

extension Session {
  /// The data set as the model's pipelines, or else the chosen encoders, see it.
  func encode(
    _ dataset: Dataset, by pipelines: [ModalityPipeline]? = nil, _ console: Console
  ) throws -> EncodedDataset {
    let core = self.core
    let cache = try? featureCache()
    return try console.monitored { monitor, _ in
      if let pipelines {
        return try core.encode(dataset, pipelines: pipelines, cache: cache, monitor: monitor)
      }
      return try core.encode(
        dataset, encoders: try configuredEncoders(for: dataset), cache: cache, monitor: monitor)
    }
  }

  /// nil when the session keeps none. Opened anew for each data set, so that it knows what other
  /// sessions wrote since.
  func featureCache() throws -> FeatureCache? {
    try cacheFolder.map { try FeatureCache(folder: $0, origin: ProgramIdentity.text) }
  }

  /// Where the program's sessions keep features.
  static func cacheFolder(_ environment: [String: String]) -> String {
    "\(CacheFolder.path(environment))/features"
  }
}

/// Another build may compute otherwise: its size and time stand for the program.
enum ProgramIdentity {
  static var text: String {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return "" }
    return "\(status.st_size) \(status.st_mtim.tv_sec)"
  }
}
