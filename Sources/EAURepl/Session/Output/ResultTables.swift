/// The tables that a result consists of, for formats that know nothing but tables.
///
/// Single values become a table of one row; a list of objects a row each, `a.b` for what lies within;
/// lists of values side by side that are equally long become columns with an `index` before them.
struct ResultTable: Equatable {
  var columns: [String]
  var rows: [[JSONValue]]

  static func tables(of result: JSONValue) -> [ResultTable] {
    var sorted = Sorted()
    sorted.add(result, at: "")
    var tables: [ResultTable] = []
    if !sorted.values.isEmpty {
      tables.append(
        ResultTable(columns: sorted.values.map(\.0), rows: [sorted.values.map(\.1)]))
    }
    tables += columnTables(sorted.lists)
    for (name, objects) in sorted.objects { tables += self.tables(of: objects, called: name) }
    return tables
  }

  /// What lies in an object, sorted by what can be made of it; names are paths.
  private struct Sorted {
    var values: [(String, JSONValue)] = []
    var lists: [(String, [JSONValue])] = []
    var objects: [(String, [JSONValue])] = []

    mutating func add(_ value: JSONValue, at path: String) {
      switch value {
      case .object(let members):
        for (key, member) in members { add(member, at: path.isEmpty ? key : "\(path).\(key)") }
      case .array(let elements):
        let isTable = elements.contains { $0.members != nil }
        let isNested = elements.contains { $0.elements != nil }
        if isTable {
          objects.append((path, elements))
        } else if isNested {
          values.append((path, .string(value.text())))
        } else if !elements.isEmpty {
          lists.append((path, elements))
        }
      default: values.append((path.isEmpty ? "value" : path, value))
      }
    }
  }

  /// One table for each length.
  private static func columnTables(_ lists: [(String, [JSONValue])]) -> [ResultTable] {
    var lengths: [Int] = []
    for (_, list) in lists where !lengths.contains(list.count) { lengths.append(list.count) }
    return lengths.map { length in
      let columns = lists.filter { $0.1.count == length }
      let index = columns.contains { $0.0 == "index" } ? "position" : "index"
      return ResultTable(
        columns: [index] + columns.map(\.0),
        rows: (0..<length).map { row in [.integer(row)] + columns.map { $0.1[row] } })
    }
  }

  private static func tables(of objects: [JSONValue], called name: String) -> [ResultTable] {
    let parts = objects.map { object in
      var sorted = Sorted()
      sorted.add(object, at: "")
      return sorted
    }
    var columns: [String] = []
    func note(_ column: String) { if !columns.contains(column) { columns.append(column) } }
    // Lists become columns where each object's are equally long, as mu and variance are.
    let indexName =
      parts.contains { part in
        part.values.contains { $0.0 == "index" } || part.lists.contains { $0.0 == "index" }
      } ? "position" : "index"
    let areColumns = parts.allSatisfy { Set($0.lists.map { $0.1.count }).count <= 1 }
    for part in parts {
      for (column, _) in part.values { note(column) }
      if areColumns && !part.lists.isEmpty { note(indexName) }
      for (column, _) in part.lists { note(column) }
    }
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var rows: [[JSONValue]] = []
    for part in parts {
      var row = [JSONValue](repeating: .null, count: columns.count)
      for (column, value) in part.values { if let place = places[column] { row[place] = value } }
      let count = areColumns ? part.lists.first?.1.count : nil
      guard let count, let index = places[indexName] else {
        for (column, list) in part.lists {
          if let place = places[column] { row[place] = .string(JSONValue.array(list).text()) }
        }
        rows.append(row)
        continue
      }
      for element in 0..<count {
        row[index] = .integer(element)
        for (column, list) in part.lists {
          if let place = places[column] { row[place] = list[element] }
        }
        rows.append(row)
      }
    }
    return (columns.isEmpty ? [] : [ResultTable(columns: columns, rows: rows)])
      + inner(parts.map { ($0.values.first, $0.objects) })
  }

  /// Lists of objects within objects: their tables, each row with what its owner is called.
  private static func inner(
    _ owners: [(name: (String, JSONValue)?, objects: [(String, [JSONValue])])]
  ) -> [ResultTable] {
    var keys: [String] = []
    for owner in owners {
      for (key, _) in owner.objects where !keys.contains(key) { keys.append(key) }
    }
    return keys.flatMap { key in
      let all = owners.flatMap { owner in
        owner.objects.filter { $0.0 == key }.flatMap(\.1).map { object -> JSONValue in
          guard let name = owner.name, let members = object.members else { return object }
          return .object([("\(key) of \(name.0)", name.1)] + members)
        }
      }
      return tables(of: all, called: key)
    }
  }
}
