/// The ten things of the generated data set.
///
/// Each is unlike the others in most of its pictures, sounds and captions. But it shares an
/// ambiguous look with one class, an ambiguous sound with another and ambiguous words with a third,
/// so every modality alone confuses some pair and two of them together tell it apart.
enum DemoClass: String, CaseIterable, Sendable {
  case ambulance, bee, bell, bird, car, clock, drum, fire, rain, sea

  /// In the order of their names, as a data set's classes are.
  static let inOrder = allCases

  var name: String { rawValue }
}

/// Two classes that cannot be told apart in one modality when a sample shows their shared look.
struct AmbiguousPair: Sendable {
  let first: DemoClass
  let second: DemoClass

  init(_ first: DemoClass, _ second: DemoClass) {
    self.first = first
    self.second = second
  }

  func contains(_ thing: DemoClass) -> Bool { thing == first || thing == second }

  /// A plain van; a small dark flyer; a glowing drop; a round disc; water under a cloud.
  static let ofPictures = [
    AmbiguousPair(.ambulance, .car), AmbiguousPair(.bee, .bird), AmbiguousPair(.bell, .fire),
    AmbiguousPair(.clock, .drum), AmbiguousPair(.rain, .sea),
  ]

  /// A gliding whistle; a low hum; a single chime; a crackling patter; a boom that fades in surf.
  static let ofSounds = [
    AmbiguousPair(.ambulance, .bird), AmbiguousPair(.bee, .car), AmbiguousPair(.bell, .clock),
    AmbiguousPair(.fire, .rain), AmbiguousPair(.drum, .sea),
  ]

  /// Emergency; busy hours; a parade; wet streets; the beach.
  static let ofWords = [
    AmbiguousPair(.ambulance, .fire), AmbiguousPair(.bee, .clock), AmbiguousPair(.bell, .drum),
    AmbiguousPair(.car, .rain), AmbiguousPair(.bird, .sea),
  ]
}
