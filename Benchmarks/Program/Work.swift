/// Something to be repeated, by name.
struct Work {
  let name: String
  let prepare: (Place) throws -> Run

  init(name: String, run: @escaping (Place) throws -> Run) {
    self.name = name
    prepare = run
  }

  /// - Parameter prepare: reads the material in a folder and gives what is to be repeated; it
  ///   answers how much it did, in the unit of the work.
  init(name: String, prepare: @escaping (_ folder: String) throws -> () throws -> Double) {
    self.init(name: name) { place in Run(perform: try prepare(place.folder)) }
  }
}

/// Where a work finds its material, and how many threads it may use.
struct Place {
  let folder: String
  var threads = 1
}

/// A prepared work.
struct Run {
  /// Does it once, and answers how much was done.
  let perform: () throws -> Double
  /// Numbers that every side which does the same work agrees on; none where peers are whole
  /// programs of others.
  var check: () throws -> [Double] = { [] }
}
