import Foundation

/// What is written of a stamp: line 1 is English, then `LOCALE.utf8=…` lines in a hundred languages.
///
/// Kept as bytes and looked through when asked: a hundred lines in each of a thousand files would
/// take a tenth of a second to become strings of which two are read.
struct StampDescriptions: Sendable {
  /// The longest description is under 4 kB; more is no description.
  static let sizeLimit = 1 << 20

  private let bytes: [UInt8]

  /// nil for what cannot be read or is too large.
  init?(file: String) {
    let handle = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard handle >= 0 else { return nil }
    defer { close(handle) }
    var status = stat()
    guard fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= Self.sizeLimit
    else { return nil }
    bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = max(0, read(handle, buffer.baseAddress, buffer.count))
    }
  }

  /// Trimmed; nil when there is none or nothing in it.
  func text(_ locale: String) -> String? {
    let mark = [UInt8]("\(locale).utf8=".utf8)
    var found: ArraySlice<UInt8>?
    forEachLine { number, line in
      if number == 0 {
        if locale == "en" { found = line }
      } else if found == nil, line.starts(with: mark) {
        found = line.dropFirst(mark.count)
      }
    }
    let text = found.map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
    return text?.isEmpty ?? true ? nil : text
  }

  /// All that have a description, in the order of the file.
  var locales: [String] {
    var found = ["en"]
    forEachLine { number, line in
      guard number > 0, let point = line.firstIndex(of: UInt8(ascii: ".")),
        line[point...].starts(with: ".utf8=".utf8)
      else { return }
      let locale = String(decoding: line[..<point], as: UTF8.self)
      if locale.allSatisfy(Stamp.isLocaleCharacter) { found.append(locale) }
    }
    return found.filter { text($0) != nil }
  }

  /// Lines end with a line feed, a carriage return, or both.
  private func forEachLine(_ body: (Int, ArraySlice<UInt8>) -> Void) {
    var (number, start) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      body(number, bytes[start..<end])
      (number, start) = (number + 1, end + 1)
    }
  }
}
