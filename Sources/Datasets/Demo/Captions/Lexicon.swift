/// The words captions are built from.
struct Lexicon: Sendable {
  /// Who or what: the subject of the caption.
  let subjects: [String]
  /// What it does.
  let actions: [String]
  /// A thing or circumstance that goes with it.
  let details: [String]

  static func own(_ thing: DemoClass) -> Lexicon {
    switch thing {
    case .ambulance:
      Lexicon(
        subjects: ["ambulance", "paramedic", "medical van", "hospital car"],
        actions: ["carries a patient", "drives to the hospital", "brings a doctor"],
        details: ["with a stretcher", "to the clinic", "for the patient", "with a nurse"])
    case .bee:
      Lexicon(
        subjects: ["bee", "bumblebee", "honeybee", "striped insect"],
        actions: ["collects pollen", "visits a flower", "makes honey"],
        details: ["near the hive", "on a blossom", "with its sting", "full of nectar"])
    case .bell:
      Lexicon(
        subjects: ["bell", "church bell", "bronze bell", "doorbell"],
        actions: ["rings out", "swings to and fro", "calls to mass"],
        details: ["in the steeple", "from the church", "with its clapper", "for the wedding"])
    case .bird:
      Lexicon(
        subjects: ["bird", "robin", "sparrow", "songbird"],
        actions: ["sings a song", "hops along a branch", "feeds its chicks"],
        details: ["in its nest", "with blue feathers", "from the treetop", "with a small beak"])
    case .car:
      Lexicon(
        subjects: ["car", "automobile", "sedan", "taxi"],
        actions: ["starts its engine", "turns at the junction", "waits for fuel"],
        details: ["in the garage", "with four wheels", "on the motorway", "with its driver"])
    case .clock:
      Lexicon(
        subjects: ["clock", "alarm clock", "wristwatch", "pendulum"],
        actions: ["ticks away", "shows the time", "runs five minutes slow"],
        details: ["with its hands", "at noon", "on the mantelpiece", "until midnight"])
    case .drum:
      Lexicon(
        subjects: ["drum", "snare drum", "kettledrum", "drummer"],
        actions: ["beats a rhythm", "thunders on", "keeps the beat"],
        details: ["with two sticks", "beside the guitar", "in the concert", "with a tight skin"])
    case .fire:
      Lexicon(
        subjects: ["fire", "campfire", "bonfire", "flame"],
        actions: ["burns brightly", "warms our hands", "eats the logs"],
        details: ["in the hearth", "with hot embers", "under the kettle", "full of sparks"])
    case .rain:
      Lexicon(
        subjects: ["rain", "shower", "drizzle", "downpour"],
        actions: ["falls from the clouds", "drips off the roof", "fills the puddles"],
        details: ["on my umbrella", "under grey clouds", "after the thunder", "on the window pane"])
    case .sea:
      Lexicon(
        subjects: ["sea", "ocean", "surf", "tide"],
        actions: ["rolls over the sand", "carries the ships", "breaks on the rocks"],
        details: ["with white foam", "under full sail", "full of fish", "far from the harbour"])
    }
  }

  /// Parallel to `AmbiguousPair.ofWords`.
  static let shared = [
    Lexicon(
      subjects: ["emergency", "alarm", "red light", "rescue team"],
      actions: ["wakes the street", "needs help at once", "draws a crowd"],
      details: ["with smoke and sirens", "after the accident", "for the rescue", "in great danger"]),
    Lexicon(
      subjects: ["busy little worker", "restless thing", "tireless machine"],
      actions: ["works every hour", "never stops humming", "goes round and round"],
      details: ["all summer long", "from dawn to dusk", "hour after hour"]),
    Lexicon(
      subjects: ["music", "parade", "marching band", "festival"],
      actions: ["sounds loud and clear", "opens the ceremony", "is struck twice"],
      details: ["in the procession", "with a loud stroke", "for the festival"]),
    Lexicon(
      subjects: ["wet street", "traffic jam", "wiper", "splash"],
      actions: ["splashes the pavement", "leaves drops on the glass", "slows the traffic"],
      details: ["on the wet road", "with wipers on", "during rush hour"]),
    Lexicon(
      subjects: ["gull", "beach", "coast", "salty breeze"],
      actions: ["greets the island", "stretches to the horizon", "moves with the wind"],
      details: ["along the coast", "above the waves", "at the beach"]),
  ]

  /// Words that go with anything.
  static let qualities = [
    "small", "big", "old", "new", "lovely", "strange", "familiar", "distant", "plain", "quiet",
    "noisy", "famous",
  ]
  static let places = [
    "this morning", "over there", "in the village", "near our house", "after lunch", "last week",
    "in this picture", "once again", "for a while", "behind the hill",
  ]
  static let distractors = [
    "table", "yesterday", "paper", "friend", "green", "corner", "coffee", "maybe", "someone",
    "picture", "story", "number", "bread", "letter", "under", "seven", "thought", "market",
    "winter", "chair", "again", "silver", "shop", "question",
  ]
}
