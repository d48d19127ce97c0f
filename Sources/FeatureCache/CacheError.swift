import Foundation
import ModalityKit

/// Why the feature cache cannot be used. Encoding goes on without it; only rows that were left on
/// disk because memory is short cannot be had otherwise.
public struct CacheError: ExplainedError, Equatable {
  public let code: String
  public let message: String
  public let hint: String

  static func unusable(_ path: String, _ number: Int32) -> CacheError {
    let reason = String(cString: strerror(number)).lowercased()
    return CacheError(
      code: "cache-unusable", message: "the feature cache cannot be used: \(path): \(reason)",
      hint: "check the folder's permissions and free space, or run `eau --no-cache`")
  }

  /// For a data set too large for memory whose files change while they are read.
  public static let changing = CacheError(
    code: "file-changing", message: "a file changed while it was read",
    hint: "open the data set again when nothing writes to it")

  static let damaged = CacheError(
    code: "cache-damaged", message: "a row of the feature cache is damaged",
    hint: "run `cache clear` and open the data set again")
}
