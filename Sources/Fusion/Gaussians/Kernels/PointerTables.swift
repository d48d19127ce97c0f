import Autograd

/// A pointer into a variable for each modality, as the kernels take them; nil where there is none.
final class PointerTable<Scalar: Real, Pointer> {
  let pointers: UnsafeMutablePointer<Pointer?>
  /// What the pointers lead into lives as long as they do.
  private let owners: [Variable<Scalar>]

  init(_ owners: [Variable<Scalar>], _ pointer: (Variable<Scalar>) -> Pointer?) {
    self.owners = owners
    pointers = .allocate(capacity: max(1, owners.count))
    pointers.initialize(from: owners.map(pointer), count: owners.count)
  }

  deinit { pointers.deallocate() }
}

/// To read from.
typealias InputTable<Scalar: Real> = PointerTable<Scalar, UnsafePointer<Scalar>>
/// To write to, or to add to.
typealias OutputTable<Scalar: Real> = PointerTable<Scalar, UnsafeMutablePointer<Scalar>>

/// A batch of Gaussians as the kernels see it: mu, sigma and presence of every modality.
struct GaussianTable<Scalar: Real> {
  let modalities: Int
  let columns: Int
  private let muTable: InputTable<Scalar>
  private let sigmaTable: InputTable<Scalar>
  private let presenceTable: InputTable<Scalar>?

  init(_ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>]?) {
    modalities = gaussians.count
    columns = gaussians.first?.mu.columns ?? 0
    muTable = PointerTable(gaussians.map(\.mu)) { $0.readable }
    sigmaTable = PointerTable(gaussians.map(\.sigma)) { $0.readable }
    presenceTable = presence.map { PointerTable($0) { $0.readable } }
  }

  var mu: UnsafePointer<UnsafePointer<Scalar>?> { UnsafePointer(muTable.pointers) }
  var sigma: UnsafePointer<UnsafePointer<Scalar>?> { UnsafePointer(sigmaTable.pointers) }
  var presence: UnsafePointer<UnsafePointer<Scalar>?>? {
    presenceTable.map { UnsafePointer($0.pointers) }
  }
}

/// Where the gradients of a batch of Gaussians are added to.
struct GaussianGradients<Scalar: Real> {
  private let muTable: OutputTable<Scalar>
  private let sigmaTable: OutputTable<Scalar>

  init(_ gaussians: [Gaussian<Scalar>]) {
    muTable = PointerTable(gaussians.map(\.mu)) { $0.gradient }
    sigmaTable = PointerTable(gaussians.map(\.sigma)) { $0.gradient }
  }

  var mu: UnsafePointer<UnsafeMutablePointer<Scalar>?> { UnsafePointer(muTable.pointers) }
  var sigma: UnsafePointer<UnsafeMutablePointer<Scalar>?> { UnsafePointer(sigmaTable.pointers) }
}
