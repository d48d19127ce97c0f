import ModalityKit
import SeededRandom

/// The generated data set: `classes × perClass` samples with picture, sound and caption.
///
/// Everything follows from the seed. Each sample and modality has a noise level of its own in 0...1,
/// drawn independently, that really degrades that modality: pixel noise, occlusion and fading; sound
/// under noise; words dropped or replaced. So how far each modality can be trusted differs from
/// sample to sample, which is what aleatoric uncertainty has to find.
package struct DemoDataset: Sendable {
  static let modalities = ["image", "audio", "text"]
  static let samplesPerClass = 60
  /// How often a sample shows the look, sound or words it shares with another class.
  static let ambiguousShare = 0.24

  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// Samples go round the classes in turn. Pictures and sounds are made when asked for.
  func dataset(splitSeed: UInt64) -> Dataset {
    let classes = DemoClass.inOrder
    let count = classes.count * Self.samplesPerClass
    let identifiers = (0..<count).map { identifier(of: $0) }
    let labels = (0..<count).map { $0 % classes.count }
    let splits = StratifiedSplit(seed: splitSeed).assign(identifiers: identifiers, labels: labels)
    let samples = (0..<count).map { index in
      let noise = noiseLevels(of: index)
      let identifier = identifiers[index]
      let picture = picture(of: index, noise: noise[0])
      let sound = sound(of: index, noise: noise[1])
      return Dataset.Sample(
        id: identifier, label: labels[index], split: splits[index],
        inputs: [
          .deferred(name: "\(identifier).png") { picture.png() },
          .deferred(name: "\(identifier).wav") { WaveFile.bytes(sound.render()) },
          .text(caption(of: index, noise: noise[2]).words().joined(separator: " ")),
        ],
        trueNoise: noise)
    }
    return Dataset(
      name: "demo", modalities: Self.modalities, classes: classes.map(\.name), samples: samples)
  }

  package func picture(of index: Int, noise: Double) -> DemoPicture {
    DemoPicture(thing: thing(at: index), noise: noise, stream: stream("picture", index))
  }

  package func sound(of index: Int, noise: Double) -> DemoSound {
    DemoSound(thing: thing(at: index), noise: noise, stream: stream("sound", index))
  }

  package func caption(of index: Int, noise: Double) -> DemoCaption {
    DemoCaption(thing: thing(at: index), noise: noise, stream: stream("caption", index))
  }

  /// Image, audio, text. Two samples in three are fairly clean, one in three is noisy.
  package func noiseLevels(of index: Int) -> [Double] { Self.noiseLevels(stream("noise", index)) }

  static func noiseLevels(_ stream: DemoStream) -> [Double] {
    var generator = stream.generator()
    return modalities.map { _ in
      let isNoisy = generator.uniform() < 0.33
      let place = generator.uniform()
      return isNoisy ? 0.4 + 0.6 * place : 0.4 * place * place
    }
  }

  private func thing(at index: Int) -> DemoClass {
    let classes = DemoClass.inOrder
    return classes[index % classes.count]
  }

  private func identifier(of index: Int) -> String {
    let number = index / DemoClass.inOrder.count + 1
    return "\(thing(at: index).name)-\(number < 10 ? "0" : "")\(number)"
  }

  private func stream(_ purpose: String, _ index: Int) -> DemoStream {
    DemoStream(seed: seed, purpose: stableHash(purpose), index: UInt64(index))
  }
}

/// Where a sample's random numbers come from. What is drawn and how it is spoiled use streams of
/// their own, so that the same thing can be had with another noise level.
struct DemoStream: Sendable {
  let seed: UInt64
  let purpose: UInt64
  let index: UInt64

  func generator(_ part: String = "content") -> SeededGenerator {
    SeededGenerator(seed: seed, stream: purpose, index, stableHash(part))
  }
}

/// What a sample shows: its class's own look, or the one shared by an ambiguous pair.
enum DemoLook: Sendable {
  case own
  /// The index of the pair in its list.
  case shared(Int)

  static func draw(
    for thing: DemoClass, pairs: [AmbiguousPair], _ generator: inout SeededGenerator
  ) -> DemoLook {
    let isAmbiguous = generator.uniform() < DemoDataset.ambiguousShare
    guard isAmbiguous, let pair = pairs.firstIndex(where: { $0.contains(thing) }) else {
      return .own
    }
    return .shared(pair)
  }
}
