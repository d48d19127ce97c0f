import Autograd
import Fusion
import ModalityKit
import SeededRandom
import Testing

@Suite struct ModelFileTests {
  private func trained() throws -> (TrainedModel, EncodedDataset) {
    let data = try Toy.data(missing: true)
    let options = try Toy.options(epochs: 2)
    return (
      TrainedModel(
        model: try Trainer(options).train(data).model, pipelines: data.pipelines,
        classes: data.dataset.classes, options: options, dataset: "toy"), data
    )
  }

  @Test func roundTripIsBitIdentical() throws {
    let (model, data) = try trained()
    let bytes = try model.encoded()
    let restored = try TrainedModel(decoding: bytes, core: Toy.core)
    #expect(restored.classes == model.classes)
    #expect(restored.options == model.options)
    let (before, after) = (
      Inference(model.model).predict(data.tables), Inference(restored.model).predict(data.tables)
    )
    #expect(before.probabilities == after.probabilities)
    #expect(before.alpha == after.alpha)
    #expect(before.sigma == after.sigma)
    #expect(try restored.encoded() == bytes)
    let signals = try data.signals.map { try $0.signal(7) }
    #expect(
      Inference(restored.model).predict(try restored.tables(signals)).probabilities
        == Inference(model.model).predict(try model.tables(signals)).probabilities)
  }

  @Test func saysWhatIsMissing() throws {
    let (model, _) = try trained()
    let bytes = try model.encoded()
    func message(_ bytes: [UInt8], _ core: FusionCore) -> String {
      do {
        _ = try TrainedModel(decoding: bytes, core: core)
        return ""
      } catch {
        return (error as? FusionError)?.message ?? "\(error)"
      }
    }
    #expect(
      message(bytes, FusionCore())
        == "the model needs the encoder numbers 1 for view0, numbers 1 for view1, numbers 1 for view2"
    )
    #expect(message([], Toy.core) == "not a safetensors file (0 bytes are too few)")
    let other = try SafeTensors(tensors: [], metadata: ["a": "b"]).encoded()
    #expect(message(other, Toy.core) == "the file holds no `eau` metadata")
    var file = try SafeTensors(decoding: bytes)
    file.tensors.removeAll { $0.name == "classifier.weight" }
    #expect(
      message(try file.encoded(), Toy.core)
        == "tensor classifier.weight: expected shape [4, 3], found nothing")
    file = try SafeTensors(decoding: bytes)
    file.metadata["eau"] = file.metadata["eau"]?.replacing(
      "\"hidden\":16", with: "\"hidden\":1600000000")
    #expect(message(try file.encoded(), Toy.core).hasPrefix("tensor view0.extractor.weight"))
  }

  @Test func damagedFilesAreRefusedOrHarmless() throws {
    let (model, data) = try trained()
    let whole = try model.encoded()
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      var damaged = whole
      for _ in 0..<1 + generator.index(below: 3) {
        damaged[generator.index(below: damaged.count)] = UInt8(generator.index(below: 256))
      }
      if let read = try? TrainedModel(decoding: damaged, core: Toy.core),
        read.pipelines.map(\.input) == data.pipelines.map(\.input)
      {
        _ = Inference(read.model).predict(data.tables)
      }
    }
  }
}
