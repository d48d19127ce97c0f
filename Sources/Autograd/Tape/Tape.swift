/// Reverse-mode automatic differentiation over matrices.
///
/// An operation computes its result when it is recorded and leaves closures: how to compute the
/// result again from the current inputs, and how to carry its gradient to the inputs (the adjoint).
/// A training loop records the graph of one batch once and then, for every batch of that size,
/// writes new numbers into the inputs and calls `replay()` and `backward(from:)`: no memory is
/// asked for after the first step.
///
/// Most work is done row by row (`Pass`), and a team's threads share the rows: they wait for each
/// other only where a row needs other rows.
///
/// Operations are `@inlinable` so that other modules specialise their loops for Float and Double:
/// unspecialised, each arithmetic operation would be a call through a witness table.
public final class Tape<Scalar: Real> {
  private var forwardPasses: [Pass] = []
  private var backwardPasses: [[Pass]] = []
  private var parameterPasses: [ParameterPass<Scalar>] = []
  private var scalars: [ScalarStep] = []
  private var results: [Variable<Scalar>] = []
  private let differentiates: Bool
  private let team: WorkerTeam
  @usableFromInline var threads: Int { team.threads }
  @usableFromInline let sweep = Sweep()

  /// The passes cut into groups; made when first needed after a recording.
  private var forwardGroups: [PassGroup]?
  private var backwardGroups: [PassGroup]?
  /// 0 where a parameter's gradient is overwritten, 1 where it is added to.
  private var keeps: [Scalar] = []
  private var direct: (optimizer: AdamW<Scalar>, measured: Bool, updates: DirectUpdates<Scalar>)?

  /// - Parameters:
  ///   - differentiates: false for inference: results then have no room for gradients.
  ///   - team: the threads that share the rows.
  public init(differentiates: Bool = true, team: WorkerTeam = WorkerTeam()) {
    self.differentiates = differentiates
    self.team = team
  }

  /// Room for an operation's result.
  public func result(rows: Int, columns: Int) -> Variable<Scalar> {
    Variable(rows: rows, columns: columns, differentiable: differentiates)
  }

  /// Records an operation.
  ///
  /// - Parameters:
  ///   - output: where the result lies. Adjoints of later operations add to its gradient.
  ///   - forward: writes `output.value` in full.
  ///   - backward: ADDS to the gradients of the inputs that have one. A tape that does not
  ///     differentiate forgets it.
  ///   - parameters: the gradients of leaves that only this operation's adjoint needs to touch.
  @discardableResult
  public func record(
    _ output: Variable<Scalar>, forward: Pass, backward: [Pass],
    parameters: [ParameterPass<Scalar>] = []
  ) -> Variable<Scalar> {
    // The gradient of another operation's result must be there before that one's adjoint.
    let (early, late) = parameters.partitioned { pass in
      results.contains { $0 === pass.parameter }
    }
    append(
      forward: forward,
      backward: backward
        + early.map { pass in .eachRowFromAll(pass.rows) { pass.write($0, keep: 1) } })
    if differentiates { parameterPasses += late }
    results.append(output)
    return output
  }

  /// Runs a forward pass for the first time and remembers it and its adjoint.
  @usableFromInline func append(forward: Pass, backward: [Pass]) {
    forward.body(0..<forward.rows)
    forwardPasses.append(forward)
    if differentiates { backwardPasses.append(backward) }
    (forwardGroups, backwardGroups, direct) = (nil, nil, nil)
  }

  /// Records an operation that is not to be shared among threads.
  @discardableResult
  public func record(
    _ output: Variable<Scalar>, forward: @escaping () -> Void,
    backward: @escaping () -> Void
  ) -> Variable<Scalar> {
    record(output, forward: .whole(forward), backward: [.whole(backward)])
  }

  /// Records an operation on single numbers: a loss from what was computed row by row, a sum of
  /// losses. These run after all the others (and their adjoints before), on one thread; no other
  /// operation may take their results.
  @discardableResult
  public func recordScalar(
    _ output: Variable<Scalar>, forward: @escaping () -> Void, backward: @escaping () -> Void
  ) -> Variable<Scalar> {
    forward()
    scalars.append(ScalarStep(forward: forward, backward: differentiates ? backward : {}))
    results.append(output)
    return output
  }

  /// Computes every recorded result again, in order, from the inputs as they are now.
  public func replay() {
    sweep.goesBack.toggle()
    let groups = forwardGroups ?? PassGroup.groups(forwardPasses)
    forwardGroups = groups
    for group in groups { group.run(team) }
    for scalar in scalars { scalar.forward() }
  }

  /// Differentiates a [1, 1] result: afterwards every variable that led to it holds its gradient.
  /// Parameters ADD to what they held (clear them with `zeroGradient`, or the optimizer does);
  /// results of this tape start from zero.
  public func backward(from loss: Variable<Scalar>) {
    carryBack(from: loss)
    finishParameters()
  }

  /// Differentiates and takes a step, whatever the gradients held before. Where a batch has few
  /// rows, or nothing is clipped, gradients are not kept in memory: those parameters' count as zero
  /// afterwards.
  public func backward(
    from loss: Variable<Scalar>, stepping optimizer: AdamW<Scalar>, maximumNorm: Double? = nil
  ) {
    optimizer.zeroGradients()
    carryBack(from: loss)
    let direct = directUpdates(optimizer, measured: maximumNorm != nil)
    if direct.mayBeUsed {
      finishParameters(except: direct)
      optimizer.step(maximumNorm: maximumNorm, with: direct)
    } else {
      finishParameters()
      optimizer.step(maximumNorm: maximumNorm)
    }
  }

  /// Made when first needed after a recording.
  private func directUpdates(
    _ optimizer: AdamW<Scalar>, measured: Bool
  ) -> DirectUpdates<Scalar> {
    if let direct, direct.optimizer === optimizer, direct.measured == measured {
      return direct.updates
    }
    let updates = DirectUpdates(
      parameterPasses, of: optimizer.parameters, threads: threads, measured: measured)
    direct = (optimizer, measured, updates)
    return updates
  }

  /// Everything but the parameters' gradients.
  private func carryBack(from loss: Variable<Scalar>) {
    precondition(loss.count == 1, "only a single number can be differentiated")
    let groups = backwardGroups ?? PassGroup.groups(backwardPasses.reversed().joined())
    backwardGroups = groups
    team.run(threads) { part in
      for result in results { result.zeroGradient(part: part, of: threads) }
    }
    loss.gradient?[0] = 1
    for scalar in scalars.reversed() { scalar.backward() }
    for group in groups { group.run(team) }
  }

  /// Each part is the same share of every parameter, so that two steps that touch one
  /// parameter come in order.
  private func finishParameters(except direct: DirectUpdates<Scalar>? = nil) {
    keeps.removeAll(keepingCapacity: true)
    // By index: an iterator over both would ask for memory.
    for index in parameterPasses.indices {
      let isLeft = direct?.takes(pass: index) == true
      keeps.append(!isLeft && parameterPasses[index].parameter.takeDiscarded() ? 0 : 1)
    }
    team.run(threads) { part in
      for index in keeps.indices where direct?.takes(pass: index) != true {
        let pass = parameterPasses[index]
        pass.write(WorkerTeam.range(part, of: threads, rows: pass.rows), keep: keeps[index])
      }
    }
  }
}

/// Which way a replay goes through weights that do not fit a near cache: there and back in turn, so
/// that it begins with those the last one ended with.
@usableFromInline final class Sweep {
  @usableFromInline var goesBack = false
  @usableFromInline init() {}
}

/// An operation on single numbers.
private struct ScalarStep {
  let forward: () -> Void
  let backward: () -> Void
}

extension Array {
  fileprivate func partitioned(_ belongs: (Element) -> Bool) -> (yes: [Element], no: [Element]) {
    (filter(belongs), filter { !belongs($0) })
  }
}
