/// Parameters whose gradients are computed in pieces that are used at once, while they lie in a
/// near cache: where a batch has few rows, it takes longer to write a gradient to memory and to read
/// it again than to compute it, and where nobody asks for their norm there is no need to keep them.
final class DirectUpdates<Scalar: Real> {
  /// Where the gradient of a piece of a parameter comes from.
  private struct Piece {
    let pass: Int
    let rows: Range<Int>
    /// The optimizer's number.
    let parameter: Int
  }

  /// Elements of a piece: its gradient, and what an optimizer knows of it, fit into 256 kB.
  private static var size: Int { 1 << 14 }

  private let passes: [ParameterPass<Scalar>]
  /// Of the passes, and of the optimizer's parameters.
  private let passIsTaken: [Bool]
  private let parameterIsTaken: [Bool]
  private let pieces: [Piece]
  private let sums: UnsafeMutablePointer<Double>
  private let threads: Int
  /// A piece's gradient, one a thread.
  private let gradients: [Variable<Scalar>]

  /// - Parameters:
  ///   - passes: those that alone have to do with their parameter are taken.
  ///   - parameters: the optimizer's.
  ///   - measured: whether their norm will be asked for: then only passes that know it are taken.
  init(
    _ passes: [ParameterPass<Scalar>], of parameters: [Variable<Scalar>], threads: Int,
    measured: Bool
  ) {
    self.passes = passes
    self.threads = threads
    let numbers = passes.map { pass -> Int? in
      guard pass.squaredNorm != nil || !measured, pass.parameter.differentiable,
        passes.count(where: { $0.parameter === pass.parameter }) == 1
      else { return nil }
      return parameters.firstIndex { $0 === pass.parameter }
    }
    passIsTaken = numbers.map { $0 != nil }
    parameterIsTaken = parameters.indices.map { numbers.contains($0) }
    pieces = passes.indices.flatMap { index -> [Piece] in
      guard let parameter = numbers[index] else { return [] }
      let (rows, step) = (passes[index].rows, max(1, Self.size / max(1, passes[index].width)))
      return stride(from: 0, to: rows, by: step).map {
        Piece(pass: index, rows: $0..<min($0 + step, rows), parameter: parameter)
      }
    }
    sums = .allocate(capacity: max(1, passes.count))
    let largest = pieces.map { $0.rows.count * passes[$0.pass].width }.max() ?? 0
    gradients = (0..<threads).map { _ in
      Variable(rows: 1, columns: largest, differentiable: false)
    }
  }

  deinit { sums.deallocate() }

  /// Whether the gradient of the pass with this number is not to be written.
  func takes(pass: Int) -> Bool { passIsTaken[pass] }

  /// Whether the optimizer's parameter with this number is updated here.
  func takes(parameter: Int) -> Bool { parameterIsTaken[parameter] }

  /// Whether there are any such parameters, and no other operation added to their gradients.
  var mayBeUsed: Bool {
    for index in passes.indices where passIsTaken[index] && !passes[index].parameter.isDiscarded {
      return false
    }
    return !pieces.isEmpty
  }

  /// Σ of the squares of all their gradients.
  func squaredNorm(_ team: WorkerTeam) -> Double {
    team.run(passes.count) { index in
      sums[index] = passIsTaken[index] ? passes[index].squaredNorm?() ?? 0 : 0
    }
    var sum = 0.0
    for index in passes.indices { sum += sums[index] }
    return sum
  }

  /// Calls `use` with every piece: the optimizer's number of the parameter, which of its elements,
  /// and their gradient.
  func eachPiece(
    _ team: WorkerTeam,
    _ use: (_ parameter: Int, _ range: Range<Int>, _ gradient: UnsafePointer<Scalar>) -> Void
  ) {
    team.run(threads) { part in
      let gradient = gradients[part].value
      for index in stride(from: part, to: pieces.count, by: threads) {
        let (pass, rows) = (passes[pieces[index].pass], pieces[index].rows)
        pass.write(rows, keep: 0, into: gradient)
        use(
          pieces[index].parameter,
          rows.lowerBound * pass.width..<rows.upperBound * pass.width, gradient)
      }
    }
  }
}
