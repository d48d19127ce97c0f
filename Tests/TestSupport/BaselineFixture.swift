import Foundation

/// The reference values of the baselines: Fixtures/baselines/baselines.json, made by the script
/// beside it.
public enum BaselineFixture {
  public static func entry(_ name: String) throws -> GoldenValue {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/baselines")
    let data = try Data(contentsOf: folder.appendingPathComponent("baselines.json"))
    return try JSONDecoder().decode(GoldenValue.self, from: data).at(name)
  }
}
