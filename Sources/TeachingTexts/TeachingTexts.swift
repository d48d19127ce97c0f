import Foundation

/// The lessons and the glossary as they stand in their files, embedded in the program.
public enum TeachingTexts {
  public struct File: Sendable {
    /// As messages call it.
    public let name: String
    public let text: String
  }

  /// In the order in which they build on each other.
  public static var lessons: [File] {
    [
      file("gaussian.lesson", PackageResources.gaussian_lesson),
      file("sigma.lesson", PackageResources.sigma_lesson),
      file("divergence.lesson", PackageResources.divergence_lesson),
      file("weights.lesson", PackageResources.weights_lesson),
      file("calibration.lesson", PackageResources.calibration_lesson),
    ]
  }

  public static var glossary: File { file("glossary.txt", PackageResources.glossary_txt) }

  private static func file(_ name: String, _ bytes: [UInt8]) -> File {
    File(name: name, text: String(decoding: bytes, as: UTF8.self))
  }
}
