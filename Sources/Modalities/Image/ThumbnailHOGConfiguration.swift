import ModalityKit

/// What a user can choose about the image features. JSON keys are the parameter names.
public struct ThumbnailHOGConfiguration: Codable, Hashable, Sendable {
  public var size = 64
  public var background = 255
  public var trim = true
  public var thumbnail = 12
  public var hues = 12
  public var saturations = 4
  public var values = 4
  public var cell = 16
  public var block = 2
  public var orientations = 9
  public var norm = BlockNorm.l2Hys

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "size", .integer(16...256, default: 64), unit: "pixels",
      "side of the square canvas a picture is scaled to fit"),
    ParameterDescriptor(
      "background", .integer(0...255, default: 255),
      "grey level behind transparency and around the picture, 0 black to 255 white"),
    ParameterDescriptor(
      "trim", .flag(default: true), "cut off fully transparent margins before scaling"),
    ParameterDescriptor(
      "thumbnail", .integer(1...64, default: 12), unit: "pixels",
      "side of the thumbnail whose RGB values are features; at most size"),
    ParameterDescriptor(
      "hues", .integer(1...36, default: 12), "bins of hue in the colour histogram"),
    ParameterDescriptor(
      "saturations", .integer(1...16, default: 4), "bins of saturation in the colour histogram"),
    ParameterDescriptor(
      "values", .integer(1...16, default: 4), "bins of value, HSV's V, in the colour histogram"),
    ParameterDescriptor(
      "cell", .integer(4...64, default: 16), unit: "pixels",
      "side of a cell of the oriented gradients"),
    ParameterDescriptor(
      "block", .integer(1...4, default: 2), unit: "cells",
      "side of a block of cells that are scaled together; at most size / cell"),
    ParameterDescriptor(
      "orientations", .integer(2...36, default: 9), "directions of an edge that are told apart"),
    ParameterDescriptor(
      "norm", .choice(BlockNorm.allCases.map(\.rawValue), default: "l2-hys"),
      "what a block of the oriented gradients is divided by"),
  ]
}
