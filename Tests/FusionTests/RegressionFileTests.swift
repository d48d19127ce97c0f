import Autograd
import Fusion
import ModalityKit
import SeededRandom
import Testing

/// A regression model's file.
@Suite struct RegressionFileTests {
  private func trained() throws -> (TrainedModel, EncodedDataset) {
    let data = try Toy.regressionData(missing: true)
    let options = try Toy.options(epochs: 2, [("loss", "squared"), ("hiddenDropout", "0.2")])
    let outcome = try Trainer(options).train(data)
    return (
      TrainedModel(
        model: outcome.model, pipelines: data.pipelines, classes: [], options: options,
        dataset: "toy", regression: outcome.regression), data
    )
  }

  private func message(_ bytes: [UInt8]) -> String {
    do {
      _ = try TrainedModel(decoding: bytes, core: Toy.core)
      return ""
    } catch {
      return (error as? FusionError)?.message ?? "\(error)"
    }
  }

  @Test func roundTrip() throws {
    let (model, data) = try trained()
    let bytes = try model.encoded()
    let restored = try TrainedModel(decoding: bytes, core: Toy.core)
    #expect(restored.task == .regression(target: "level"))
    #expect(restored.regression == model.regression)
    #expect(restored.options == model.options)
    #expect(try restored.encoded() == bytes)
    let regression = try #require(model.regression)
    #expect(
      regression.values(restored.model, data.tables, dropout: 0.2)
        == regression.values(model.model, data.tables, dropout: 0.2))
  }

  @Test func contradictionsAreRefused() throws {
    let (model, _) = try trained()
    let misfit = "the encoders and the network do not fit together"
    func changed(_ old: String, _ new: String) throws -> String {
      var file = try SafeTensors(decoding: try model.encoded())
      let header = try #require(file.metadata["eau"])
      try #require(header.contains(old), "\(header)")
      file.metadata["eau"] = header.replacing(old, with: new)
      return message(try file.encoded())
    }
    #expect(try changed("\"task\":\"regression\"", "\"task\":\"classification\"") == misfit)
    #expect(try changed("\"classes\":[]", "\"classes\":[\"a\"]") == misfit)
    let deviation = try #require(model.regression).scaling.deviation
    #expect(try changed("\"deviation\":\(deviation)", "\"deviation\":0") == misfit)
    #expect(
      try changed("\"formatVersion\":2", "\"formatVersion\":1")
        == "format version 1, this program reads 2")
  }

  @Test func damagedFilesAreRefusedOrHarmless() throws {
    let (model, data) = try trained()
    let whole = try model.encoded()
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      var damaged = whole
      for _ in 0..<1 + generator.index(below: 3) {
        damaged[generator.index(below: damaged.count)] = UInt8(generator.index(below: 256))
      }
      guard let read = try? TrainedModel(decoding: damaged, core: Toy.core),
        read.pipelines.map(\.input) == data.pipelines.map(\.input),
        let regression = read.regression
      else { continue }
      let values = regression.values(read.model, data.tables, dropout: 0.2, passes: 2)
      _ = RegressionMetrics(values, targets: data.values(Array(values.indices)))
    }
  }
}
