#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The C library's natural logarithm, so that this module needs no Foundation.
func naturalLogarithm(_ x: Double) -> Double { log(x) }
