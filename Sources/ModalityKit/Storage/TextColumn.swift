/// Many short texts in one piece of memory: eight bytes more than its own a text.
public struct TextColumn: RandomAccessCollection, Sendable {
  /// Where each text ends.
  private var ends: [Int] = []
  private var bytes: [UInt8] = []

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { ends.count }

  public subscript(position: Int) -> String {
    let start = position == 0 ? 0 : ends[position - 1]
    return String(decoding: bytes[start..<ends[position]], as: UTF8.self)
  }
}
