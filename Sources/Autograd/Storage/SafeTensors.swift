import Foundation

/// The safetensors file format (Hugging Face): an 8-byte little-endian header length, a JSON header
/// `{"name": {"dtype", "shape", "data_offsets"}, "__metadata__": {text: text}}`, then raw numbers.
///
/// Reading treats the bytes as hostile: every length and offset is checked before it is used.
public struct SafeTensors: Sendable, Equatable {
  public enum Tensor: Sendable, Equatable {
    case float(shape: [Int], values: [Float])
    case double(shape: [Int], values: [Double])
  }

  /// In the order they are written.
  public var tensors: [(name: String, tensor: Tensor)]
  public var metadata: [String: String]

  public init(tensors: [(name: String, tensor: Tensor)] = [], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }?.tensor
  }

  public static func == (a: SafeTensors, b: SafeTensors) -> Bool {
    a.metadata == b.metadata && a.tensors.count == b.tensors.count
      && zip(a.tensors, b.tensors).allSatisfy { $0.name == $1.name && $0.tensor == $1.tensor }
  }
}

/// Why bytes are not a usable safetensors file.
public enum SafeTensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  case tooShort(Int)
  case headerTooLong(Int)
  case headerNotJSON
  case entryMalformed(String)
  case unsupportedType(name: String, type: String)
  case sizeMismatch(name: String, expected: Int, found: Int)
  case outOfBounds(name: String)
  case holesOrOverlap(name: String)

  public var description: String {
    switch self {
    case .tooShort(let bytes): "\(bytes) bytes are too few"
    case .headerTooLong(let bytes): "its header claims \(bytes) bytes"
    case .headerNotJSON: "its header is not JSON"
    case .entryMalformed(let name): "the entry \(name) is malformed"
    case .unsupportedType(let name, let type): "\(name) has the number type \(type)"
    case .sizeMismatch(let name, let expected, let found):
      "\(name) should take \(expected) bytes and takes \(found)"
    case .outOfBounds(let name): "\(name) lies outside the file"
    case .holesOrOverlap(let name): "there is a hole or an overlap at \(name)"
    }
  }
}
