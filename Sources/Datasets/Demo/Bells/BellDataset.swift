import ModalityKit
import SeededRandom

/// The generated data set for regression: bells of a size from 0 to 100 that one can see, hear and
/// read.
///
/// The picture shows the size as the bell's height, the sound as its pitch and its length of ring,
/// the caption in words. None tells it exactly: a bell stands nearer or farther, bells of a size
/// are tuned differently, and words are coarse. On top of that each sample and modality has a noise
/// level of its own, as in `DemoDataset`.
package struct BellDataset: Sendable {
  static let target = "size"
  static let count = 600
  /// Chosen on the validation rows, two seeds: with the preset's own higher floor of ln sigma² the
  /// sound keeps its weight under noise, and with its larger weight of L_cal, its lesser decay or its
  /// clamp the error is larger.
  static let calibratedOptions: [Dataset.TrainingOption] = [
    .init(name: "calibration", value: "1"), .init(name: "logvarLow", value: "-3"),
    .init(name: "sharpness", value: "2"), .init(name: "clamp", value: "zero"),
    .init(name: "decay", value: "0.3"),
  ]

  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  func dataset(splitSeed: UInt64) -> Dataset {
    let identifiers = (0..<Self.count).map { Self.identifier(of: $0) }
    let sizes = (0..<Self.count).map { size(of: $0) }
    let splits = StratifiedSplit(seed: splitSeed).assign(identifiers: identifiers, values: sizes)
    let samples = (0..<Self.count).map { index in
      let noise = noiseLevels(of: index)
      let identifier = identifiers[index]
      let picture = picture(of: index, noise: noise[0])
      let sound = sound(of: index, noise: noise[1])
      return Dataset.Sample(
        id: identifier, value: sizes[index], split: splits[index],
        inputs: [
          .deferred(name: "\(identifier).png") { DemoPicture.png(of: picture.pixels()) },
          .deferred(name: "\(identifier).wav") { WaveFile.bytes(sound.render()) },
          .text(caption(of: index, noise: noise[2]).words().joined(separator: " ")),
        ],
        trueNoise: noise)
    }
    return Dataset(
      name: "demo --regression", modalities: DemoDataset.modalities,
      task: .regression(target: Self.target), samples: samples,
      calibratedOptions: Self.calibratedOptions)
  }

  /// Uniform in 0...100, to one decimal.
  package func size(of index: Int) -> Double {
    var generator = stream("size", index).generator()
    return (generator.uniform(0, 1000)).rounded() / 10
  }

  /// Image, audio, text, 0...1 each.
  package func noiseLevels(of index: Int) -> [Double] {
    DemoDataset.noiseLevels(stream("noise", index))
  }

  package func picture(of index: Int, noise: Double) -> BellPicture {
    BellPicture(size: size(of: index), noise: noise, stream: stream("picture", index))
  }

  package func sound(of index: Int, noise: Double) -> BellSound {
    BellSound(size: size(of: index), noise: noise, stream: stream("sound", index))
  }

  package func caption(of index: Int, noise: Double) -> BellCaption {
    BellCaption(size: size(of: index), noise: noise, stream: stream("caption", index))
  }

  private static func identifier(of index: Int) -> String {
    let digits = String(index + 1)
    return "bell-" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }

  private func stream(_ purpose: String, _ index: Int) -> DemoStream {
    DemoStream(seed: seed, purpose: stableHash("bell-" + purpose), index: UInt64(index))
  }
}
