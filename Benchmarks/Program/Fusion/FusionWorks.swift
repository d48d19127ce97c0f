import OpenBLAS

/// Training and inference of the whole model, and the rate of the multiplications beneath.
enum FusionWorks {
  static var all: [Work] {
    [
      training("train-b256-dense", batch: 256, sparseText: false),
      training("train-b256-sparse", batch: 256, sparseText: true),
      training("train-b32-sparse", batch: 32, sparseText: true),
      inference("infer-b1", batch: 1, sparseText: true),
      inference("infer-b256-dense", batch: 256, sparseText: false),
      inference("infer-b256-sparse", batch: 256, sparseText: true),
      prediction("predict-b1", batch: 1, sparseText: true),
      prediction("predict-b256-sparse", batch: 256, sparseText: true),
      Work(name: "gemm-peak", run: multiplication),
    ]
  }

  /// The unit is a step.
  private static func training(_ name: String, batch: Int, sparseText: Bool) -> Work {
    Work(name: name) { place in
      let work = TrainingWork(
        try FusionMaterial(place.folder), batch: batch, sparseText: sparseText,
        threads: place.threads)
      return Run {
        work.step()
        return 1
      } check: {
        work.check()
      }
    }
  }

  /// The unit is a sample.
  private static func inference(_ name: String, batch: Int, sparseText: Bool) -> Work {
    Work(name: name) { place in
      let work = InferenceWork(
        try FusionMaterial(place.folder), batch: batch, sparseText: sparseText)
      return Run {
        work.encodeAndFuse()
        return Double(batch)
      } check: {
        work.checkFusion()
      }
    }
  }

  private static func prediction(_ name: String, batch: Int, sparseText: Bool) -> Work {
    Work(name: name) { place in
      let work = InferenceWork(
        try FusionMaterial(place.folder), batch: batch, sparseText: sparseText)
      return Run {
        _ = work.predict()
        return Double(batch)
      } check: {
        work.checkPrediction()
      }
    }
  }

  /// What this machine's matrix units give at most: C = A B, all 2048 × 2048, in single precision.
  /// The unit is 10⁹ operations, two a multiplication.
  private static func multiplication(_ place: Place) -> Run {
    let side = 2048
    openblas_set_num_threads(Int32(place.threads))
    let a = (0..<side * side).map { Float($0 % 7) - 3 }
    let b = (0..<side * side).map { Float($0 % 5) - 2 }
    var c = [Float](repeating: 0, count: side * side)
    let n = Int32(side)
    return Run {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, &c, n)
      return 2e-9 * Double(side * side * side)
    }
  }
}
