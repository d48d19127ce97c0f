import ModalityKit

/// Raw input to a vector of finite numbers.
enum VectorReader {
  /// The longest vector: every number becomes a feature of its own.
  static let countLimit = 1 << 20
  /// `countLimit` numbers as text of 32 characters each.
  static let byteLimit = 32 << 20

  /// - Throws: `emptyInput`, `tooLarge`, `wrongFormat` for anything that is not numbers, `damaged`
  ///   for a broken .npy file, `wrongInput` for numbers that are not finite; the errors of reading.
  static func values(from raw: RawInput) throws(EncoderError) -> [Double] {
    let values: [Double]
    if case .numbers(let numbers) = raw {
      values = numbers
    } else {
      let bytes = try raw.bytes(limit: byteLimit)
      // The name decides too, so that a broken .npy file is not called bad text.
      let isBinary = bytes.starts(with: NumpyFile.signature) || hasNumpyName(raw)
      values =
        isBinary
        ? try NumpyFile.values(in: bytes, name: raw.name, limit: countLimit)
        : try NumberList.parse(bytes, name: raw.name, limit: countLimit)
    }
    guard !values.isEmpty else {
      throw EncoderError(
        .emptyInput, "expected numbers, found none in \(raw.name)", hint: "give at least one number"
      )
    }
    guard values.count <= countLimit else {
      throw EncoderError(
        .tooLarge, "\(raw.name): the limit is \(countLimit) numbers", hint: "use a shorter vector")
    }
    if let place = values.firstIndex(where: { !(abs($0) <= NumberRanges.largestMagnitude) }) {
      throw EncoderError(
        .wrongInput,
        "\(raw.name): expected finite numbers up to ±1e300, found \(values[place]) in place "
          + "\(place + 1)", hint: "replace missing values, or leave the sample's modality out")
    }
    return values
  }

  private static func hasNumpyName(_ raw: RawInput) -> Bool {
    switch raw {
    case .file(let name), .bytes(_, let name), .deferred(let name, _):
      name.lowercased().hasSuffix(".npy")
    case .text, .numbers: false
    }
  }
}
