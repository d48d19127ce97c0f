import Autograd
import TestSupport
import Testing

/// ln Γ, ψ and ψ′ against SciPy's.
@Suite struct GammaFunctionTests {
  @Test func agreeWithSciPy() throws {
    let entry = try BaselineFixture.entry("gamma")
    let x = try entry.numbers("x")
    let functions: [(String, (Double) -> Double)] = [
      ("logGamma", GammaFunctions.logGamma), ("digamma", GammaFunctions.digamma),
      ("trigamma", GammaFunctions.trigamma),
    ]
    for (name, function) in functions {
      let expected = try entry.numbers(name)
      for (point, value) in zip(x, expected) {
        let found = function(point)
        #expect(abs(found - value) <= 1e-13 * max(1, abs(value)), "\(name)(\(point))")
      }
    }
  }

  /// ψ′ of a huge argument is its reciprocal: relative, not only absolute, accuracy.
  @Test func smallValuesKeepTheirDigits() {
    #expect(abs(GammaFunctions.trigamma(1e12) * 1e12 - 1) < 1e-11)
    #expect(abs(GammaFunctions.digamma(1e-8) * 1e-8 + 1) < 1e-7)
  }
}
