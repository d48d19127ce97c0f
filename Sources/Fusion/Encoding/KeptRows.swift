import Autograd
import ModalityKit

/// Feature rows on disk, in a file that is gone with the process, scaled when they are read: those
/// that would fill memory.
struct KeptRows: Sendable {
  let features: Int
  let isSparse: Bool
  /// nil while the rows are as the encoder gave them.
  var scaling: FeatureScaling?
  /// Of each row: its columns, where it is sparse, then its values.
  private let bytes: ByteStore
  private var starts = [0]

  /// What is buffered before it is written.
  private static let bufferSize = 1 << 20

  init(features: Int, isSparse: Bool) {
    self.features = features
    self.isSparse = isSparse
    bytes = ByteStore(memoryLimit: Self.bufferSize)
  }

  var count: Int { starts.count - 1 }

  /// - Parameter row: nil where the modality is missing.
  mutating func append(_ row: FeatureRow?) throws(ScratchError) {
    var size = 0
    if let row {
      if let indices = row.indices {
        try bytes.append(indices)
        size += indices.count * MemoryLayout<Int32>.size
      }
      try bytes.append(row.values)
      size += row.values.count * MemoryLayout<Float>.size
    }
    starts.append(starts[count] + size)
  }

  /// Empty, or of zeros, where the modality is missing.
  func row(_ index: Int) -> FeatureRow {
    var row = bytes.withBytes(starts[index]..<starts[index + 1]) { content in
      var row = FeatureRow()
      let half = isSparse ? content.count / 2 : 0
      if isSparse {
        row.indices = [Int32](bytes: UnsafeRawBufferPointer(rebasing: content[..<half]))
      }
      row.values = [Float](bytes: UnsafeRawBufferPointer(rebasing: content[half...]))
      return row
    }
    if row.values.isEmpty, !isSparse {
      row.values = Array(repeating: 0, count: features)
    } else {
      scaling?.apply(to: &row)
    }
    return row
  }
}
