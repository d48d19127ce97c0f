import SpectralKernels

/// Power spectra of a sound's frames under a periodic Hann window, without scaling, in the
/// precision of `Scalar`, several frames at a time.
struct ShortTimeSpectra<Scalar: SpectralScalar>: Sendable {
  /// Frames that are transformed at once.
  static var lanes: Int { Int(EAU_LANES) }

  let layout: FrameLayout
  let tables: FourierTables<Scalar>

  /// `layout.windowLength` must be even.
  init(layout: FrameLayout) {
    self.layout = layout
    tables = FourierTables(windowLength: layout.windowLength)
  }

  /// Calls `body` for each run of `lanes` frames, in their order, with the numbers of those that
  /// exist and the powers `[windowLength / 2 + 1, lanes]` of all.
  func forEach(of samples: [Float], _ body: (Range<Int>, UnsafePointer<Scalar>) -> Void) {
    let (length, hop, lanes) = (layout.windowLength, layout.hopLength, Self.lanes)
    // Sample q·hop + m of frame t is the one m after multiple t + q of the hop.
    let width = lanes + (length - 1) / hop
    let kernels = Scalar.kernels
    let count = layout.frames(samples.count)
    withScalars(
      [hop * width, length * lanes, tables.scratch(lanes: lanes), (length / 2 + 1) * lanes]
    ) { memory in
      let (columns, frames, scratch, power) = (memory[0], memory[1], memory[2], memory[3])
      for first in stride(from: 0, to: count, by: lanes) {
        layout.withSamples(from: layout.start(first), count: hop * width, of: samples) {
          kernels.columns(hop, width, $0, columns)
        }
        kernels.powerSpectra(
          length, tables.radices.count, tables.order, tables.tables, hop, width, columns, frames,
          scratch, power)
        body(first..<min(first + lanes, count), power)
      }
    }
  }

  /// Memory for some runs of scalars, each on cache lines of its own.
  private func withScalars(_ counts: [Int], _ body: ([UnsafeMutablePointer<Scalar>]) -> Void) {
    let rooms = counts.map { ($0 + 15) / 16 * 16 }
    withUnsafeTemporaryAllocation(
      byteCount: rooms.reduce(0, +) * MemoryLayout<Scalar>.stride, alignment: 64
    ) { memory in
      guard var next = memory.bindMemory(to: Scalar.self).baseAddress else { return }
      let starts = rooms.map { room in
        defer { next += room }
        return next
      }
      body(starts)
    }
  }
}

extension FourierTables {
  /// The readable reference: |Σₙ wₙ xₙ e^(−2πikn/N)|² for k = 0…N/2 of one frame, by that sum.
  func reference(_ frame: [Double]) -> [Double] {
    (0...windowLength / 2).map { k in
      var (real, imaginary) = (0.0, 0.0)
      for (n, value) in frame.enumerated() {
        let turn = Self.turn(k * n % windowLength, of: windowLength)
        real += Double(tables[n]) * value * turn[0]
        imaginary += Double(tables[n]) * value * turn[1]
      }
      return real * real + imaginary * imaginary
    }
  }
}
