import Foundation

/// The sizes of the model and of its material, as `shape.json` tells both sides.
struct FusionShape: Codable {
  /// Of each modality's rows; the first is text, mostly zeros.
  var features: [Int]
  var hidden: Int
  /// D and K.
  var latent: Int
  var bottleneck: Int
  var classes: Int
  /// Samples in the material.
  var rows: Int
}
