import ModalityKit

/// The identifiers of samples, each of which there is once.
struct Identifiers {
  private(set) var all = TextColumn()
  /// A hash table of open addresses: the number of an identifier, from 1; 0 where there is none.
  private var slots = [Int32](repeating: 0, count: 64)

  /// - Parameter refuse: makes the error for an identifier that there was before, at that place.
  mutating func append(
    _ identifier: String, refuse: (_ earlier: Int, String) -> DatasetError
  ) throws(DatasetError) {
    if 2 * (all.count + 1) > slots.count { grow() }
    let slot = slot(of: identifier)
    guard slots[slot] == 0 else { throw refuse(Int(slots[slot]) - 1, identifier) }
    all.append(identifier)
    slots[slot] = Int32(all.count)
  }

  /// Where the identifier is, or would be.
  private func slot(of identifier: String) -> Int {
    var slot = identifier.hashValue & (slots.count - 1)
    while slots[slot] != 0, all[Int(slots[slot]) - 1] != identifier {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: 2 * slots.count)
    for (index, identifier) in all.enumerated() { slots[slot(of: identifier)] = Int32(index + 1) }
  }
}

/// The labels of samples as the numbers of their classes.
struct Labels {
  /// In order of appearance.
  private var classes: [String] = []
  private var numberOfClass: [String: Int] = [:]
  private var numbers: [Int] = []

  mutating func append(_ label: String) {
    if let number = numberOfClass[label] {
      numbers.append(number)
      return
    }
    numberOfClass[label] = classes.count
    numbers.append(classes.count)
    classes.append(label)
  }

  /// The classes by code point, and each sample's place among them.
  func sorted() -> (classes: [String], labels: [Int]) {
    let order = classes.indices.sorted { precedesByCodePoint(classes[$0], classes[$1]) }
    var places = order
    for (place, number) in order.enumerated() { places[number] = place }
    return (order.map { classes[$0] }, numbers.map { places[$0] })
  }
}
