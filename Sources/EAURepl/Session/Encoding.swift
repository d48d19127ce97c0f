import Datasets
import FeatureCache
import Foundation
import Fusion
import ModalityKit

extension Session {
  /// The data set as the model's pipelines, or else the chosen encoders, see it, and why the feature
  /// cache was not used if it should have been.
  func encode(
    _ dataset: Dataset, by pipelines: [ModalityPipeline]? = nil, _ console: Console
  ) throws -> (data: EncodedDataset, notes: [String]) {
    var cache: FeatureCache?
    var notes: [String] = []
    do throws(CacheError) {
      cache = try featureCache()
    } catch {
      notes = ["\(error.message): \(error.hint)"]
    }
    let data = try encode(dataset, by: pipelines, cache, console)
    return (data, notes)
  }

  private func encode(
    _ dataset: Dataset, by pipelines: [ModalityPipeline]?, _ cache: FeatureCache?,
    _ console: Console
  ) throws -> EncodedDataset {
    let core = self.core
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
  private func featureCache() throws(CacheError) -> FeatureCache? {
    guard let cacheFolder else { return nil }
    return try FeatureCache(folder: cacheFolder, origin: ProgramIdentity.text)
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
