/// An array of plain values with one owner, so that no step has to check for another one. Filled
/// and then copied out.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var storage: UnsafeMutableBufferPointer<Element>
  private(set) var count = 0

  init(capacity: Int) { storage = .allocate(capacity: max(capacity, 8)) }

  /// `count` equal values.
  init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    storage.initialize(repeating: value)
    self.count = count
  }

  deinit { storage.deallocate() }

  /// - Precondition: 0 ≤ index < count, which is not checked.
  @inline(__always)
  subscript(index: Int) -> Element {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  /// The elements from `start` until `end`, valid until something is appended.
  @inline(__always)
  func elements(_ start: Int, _ end: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: storage.baseAddress.map { $0 + start }, count: end - start)
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == storage.count { grow(to: count + 1) }
    storage[count] = element
    count += 1
  }

  @inline(__always)
  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    if storage.count - count < elements.count { grow(to: count + elements.count) }
    guard let source = elements.baseAddress, let target = storage.baseAddress else { return }
    (target + count).update(from: source, count: elements.count)
    count += elements.count
  }

  func array() -> [Element] { Array(elements(0, count)) }

  private mutating func grow(to needed: Int) {
    let larger = UnsafeMutableBufferPointer<Element>.allocate(
      capacity: max(needed, storage.count * 2))
    _ = larger.update(fromContentsOf: elements(0, count))
    storage.deallocate()
    storage = larger
  }
}
