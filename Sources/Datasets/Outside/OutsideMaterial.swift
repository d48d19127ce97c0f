import ModalityKit
import SeededRandom

/// Raw inputs of a kind no data set here is about: pictures with the statistics of photographs, tonal
/// music, and texts of invented words. Generated, so that how far sigma rises outside of the training
/// data can be measured anywhere and again.
public enum OutsideMaterial {
  /// - Parameter kind: the modality an encoder's descriptor names: image, audio or text.
  /// - Returns: nil where nothing is generated for the kind.
  public static func inputs(for kind: String, count: Int, seed: UInt64) -> [RawInput]? {
    guard ["image", "audio", "text"].contains(kind) else { return nil }
    return (0..<count).map { index in
      let generator = SeededGenerator(
        seed: seed, stream: stableHash("outside"), stableHash(kind), UInt64(index))
      switch kind {
      case "image":
        let picture = DeadLeaves(generator: generator)
        return .deferred(name: "outside-\(index + 1).png") {
          DemoPicture.png(of: picture.pixels(), side: DeadLeaves.side)
        }
      case "audio":
        let music = Music(generator: generator)
        return .deferred(name: "outside-\(index + 1).wav") { WaveFile.bytes(music.render()) }
      default: return .text(InventedWords(generator: generator).text())
      }
    }
  }
}
