import OpenBLAS

/// How many threads OpenBLAS may use in this process. 1 by default here: the shapes of one batch
/// are small, and a second spinning thread loses badly when another process needs the core.
public func setBLASThreads(_ count: Int) {
  openblas_set_num_threads(Int32(max(1, count)))
}
