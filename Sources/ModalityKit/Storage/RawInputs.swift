/// The raw inputs of one modality, nil where it is missing: a list of them, or texts, paths and
/// numbers packed into bytes that may lie on disk, and of which inputs are made when asked for.
public struct RawInputs: RandomAccessCollection, Sendable {
  private enum Storage: Sendable {
    case listed([RawInput?])
    case packed(PackedInputs)
  }

  private let storage: Storage

  public init(_ inputs: [RawInput?]) { storage = .listed(inputs) }

  public init(_ inputs: PackedInputs) { storage = .packed(inputs) }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .listed(let inputs): inputs.count
    case .packed(let inputs): inputs.count
    }
  }

  public subscript(position: Int) -> RawInput? {
    switch storage {
    case .listed(let inputs): inputs[position]
    case .packed(let inputs): inputs.input(position)
    }
  }

  /// Whether there is an input, without making it.
  public func isPresent(_ position: Int) -> Bool {
    switch storage {
    case .listed(let inputs): inputs[position] != nil
    case .packed(let inputs): inputs.kinds[position] != .missing
    }
  }

  /// Whether there is an input and it names a file, without making it.
  public func isFile(_ position: Int) -> Bool {
    switch storage {
    case .listed(let inputs): inputs[position]?.isFile ?? false
    case .packed(let inputs): inputs.kinds[position] == .path
    }
  }
}

/// Texts, paths and numbers as pieces of a `ByteStore`: thirteen bytes of memory an input.
public struct PackedInputs: Sendable {
  public enum Kind: UInt8, Sendable {
    case missing, text, path
    /// Each a `Double` in the byte order of this machine.
    case numbers
  }

  private let bytes: ByteStore
  /// What relative paths are relative to.
  private let folder: String
  fileprivate private(set) var kinds: [Kind] = []
  private var starts: [Int] = []
  private var lengths: [UInt32] = []

  public init(_ bytes: ByteStore, folder: String) {
    self.bytes = bytes
    self.folder = folder
  }

  public var count: Int { kinds.count }

  /// - Parameter range: of the bytes; meaningless for a missing input.
  public mutating func append(_ kind: Kind, _ range: Range<Int>) {
    kinds.append(kind)
    starts.append(range.lowerBound)
    lengths.append(UInt32(clamping: range.count))
  }

  fileprivate func input(_ position: Int) -> RawInput? {
    let range = starts[position]..<starts[position] + Int(lengths[position])
    switch kinds[position] {
    case .missing: return nil
    case .text: return .text(text(range))
    case .path: return .file(path: Self.resolved(text(range), in: folder))
    case .numbers:
      return .numbers(bytes.withBytes(range) { [Double](bytes: $0) })
    }
  }

  private func text(_ range: Range<Int>) -> String {
    bytes.withBytes(range) { String(decoding: $0, as: UTF8.self) }
  }

  public static func resolved(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }
}
