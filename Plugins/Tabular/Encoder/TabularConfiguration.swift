import ModalityKit

/// What a user can choose about the tabular encoder. JSON keys are the parameter names.
public struct TabularConfiguration: Codable, Hashable, Sendable {
  public enum Scaling: String, Codable, CaseIterable, Sendable { case minmax, standard, none }

  public var scaling = Scaling.minmax
  /// One-hot features a column of categories, at most.
  public var categories = 32
  /// Whether dates are read as such; else they are categories.
  public var dates = true
  /// Whether a column with missing values has a feature that says so.
  public var missing = true

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "scaling", .choice(Scaling.allCases.map(\.rawValue), default: "minmax"),
      "minmax brings each number to 0…1 by its range in training, standard to mean 0 and "
        + "deviation 1, none leaves it as it is"),
    ParameterDescriptor(
      "categories", .integer(1...1024, default: 32),
      "the most frequent values of a column that have a feature of their own"),
    ParameterDescriptor(
      "dates", .flag(default: true), "read columns of ISO 8601 dates as dates, not as categories"),
    ParameterDescriptor(
      "missing", .flag(default: true),
      "a feature COLUMN:missing where values were missing in training"),
  ]
}
