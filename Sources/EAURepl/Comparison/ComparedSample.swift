import Fusion
import ModalityKit

/// One of the samples that are put side by side.
struct ComparedSample {
  /// In the data set; nil for the current sample.
  let index: Int?
  let sample: CurrentSample
  /// Its id, or how the current sample is called.
  let id: String
  let prediction: Prediction
  let verdict: Verdict

  /// A sample of the data set as it is there.
  init(at index: Int, of data: EncodedDataset, _ session: Session) throws {
    try self.init(
      index: index, id: data.dataset.samples.ids[index],
      try session.makeSample(at: index, of: data), session)
  }

  /// The current sample, spoiled as it is.
  init(_ sample: CurrentSample, _ session: Session) throws {
    try self.init(index: nil, id: sample.title, sample, session)
  }

  private init(
    index: Int?, id: String, _ sample: CurrentSample, _ session: Session
  ) throws {
    let model = try session.trainedModel()
    let reading = try SampleReading(model, sample)
    self.index = index
    self.id = id
    self.sample = sample
    prediction = Inference(model.model).predict(reading.tables)
    verdict = try Verdict(model, reading, seed: session.seed)
  }

  var title: String { index.map { "\($0 + 1) \(id)" } ?? "current" }

  func isPresent(_ m: Int) -> Bool { prediction.present[m][0] }
  func alpha(_ m: Int) -> Double { prediction.meanAlpha(m)[0] }
  func sigma(_ m: Int) -> Double { prediction.meanSigma(m)[0] }

  /// What there is of it in a line each: `image (gaussian 6): 64 × 64 pixels …`, or the words.
  func caption(_ modality: String) -> String? {
    guard let part = sample.part(modality), let preview = SampleView.preview(part) else {
      return nil
    }
    let state =
      part.isDropped
      ? " (dropped)"
      : part.corruption.map { " (\($0.kind) \(NumberText.short($0.severity)))" } ?? ""
    guard case .tokens(let tokens) = preview.content else {
      return "\(modality)\(state): \(preview.caption)"
    }
    let shown = tokens.prefix(Self.shownWords).joined(separator: " ")
    return "\(modality)\(state): \(shown)\(tokens.count > Self.shownWords ? " …" : "")"
  }

  private static let shownWords = 12

  /// A small picture of a modality that is one.
  func picture(_ modality: String) -> Picture? {
    guard let part = sample.part(modality), !part.isDropped,
      case .pixels(let width, let height, let rgb)? = SampleView.preview(part)?.content
    else { return nil }
    return Picture(width: width, height: height, rgb: rgb, maximumColumns: 16, maximumRows: 8)
  }
}
