import Testing

@testable import EAURepl

/// One command that must fail, and how.
struct BadInput: Sendable, CustomTestStringConvertible {
  let statement: String
  let command: String
  let code: String
  /// How the message begins; it names the thing.
  let message: String
  /// How the hint begins.
  let hint: String

  init(_ statement: String, _ code: String, _ message: String, hint: String) {
    self.statement = statement
    // A line with an open quote is no statement, so that it belongs to no command.
    command =
      code == "unterminated-quote"
      ? "" : statement.split(separator: " ").first.map(String.init) ?? ""
    self.code = code
    self.message = message
    self.hint = hint
  }

  var testDescription: String { statement }

  /// Where no model is trained and no data set is open.
  static let untrained = [
    BadInput("load image nofile.png", "file-missing", "no file at nofile.png", hint: "check the"),
    BadInput(
      "load image folder", "not-a-file", "expected a file, found a directory at folder",
      hint: "name a single file"),
    BadInput(
      "load audio pipe", "not-a-file", "expected a file, found a pipe at pipe",
      hint: "name a single file"),
    BadInput("load image empty.png", "empty-input", "empty.png is empty, expected a PNG", hint: ""),
    BadInput(
      "load image text.png", "wrong-format", "text.png is not a PNG file", hint: "convert"),
    BadInput(
      "load image cut.png", "damaged", "cut.png is a damaged PNG file: the file ends", hint: "fetch"
    ),
    BadInput(
      "load image stump.png", "damaged", "stump.png is a damaged PNG file", hint: "fetch"),
    BadInput(
      "load audio cut.ogg", "damaged", "cut.ogg is a damaged audio file: it ends", hint: "fetch"),
    BadInput(
      "load image huge.png", "too-large", "huge.png claims 500000 × 500000 pixels", hint: "scale"),
    BadInput(
      "load audio zero.wav", "empty-input", "zero.wav has no bytes, expected a sound", hint: "check"
    ),
    BadInput(
      "load audio no-samples.wav", "empty-input", "no-samples.wav holds no samples", hint: "check"),
    BadInput(
      "open no-label.csv", "missing-column", #"no-label.csv line 1, column "label""#,
      hint: "columns: id, label"),
    BadInput(
      "open ragged.csv", "ragged-row", #"ragged.csv line 3, column "text": expected 4 cells"#,
      hint: "an empty cell"),
    BadInput(
      "open gone.csv", "sample-file-missing", #"gone.csv line 2, column "image""#, hint: "paths are"
    ),
    BadInput(
      "opne demo", "unknown-command", #"unknown command "opne""#, hint: "did you mean `open`?"),
    BadInput(
      "wei", "unknown-command", #"unknown command "wei""#, hint: "did you mean `weights`?"),
    BadInput("xyzzy", "unknown-command", #"unknown command "xyzzy""#, hint: "`help` lists"),
    BadInput("open", "usage", "open: expected 1 argument, found 0", hint: "usage: open demo"),
    BadInput(
      "load image", "usage", "load: expected a modality and a value", hint: "usage: load image"),
    BadInput(
      "load text two words", "usage", "load: expected one value: put quotes", hint: "usage: load"),
    BadInput(
      "corrupt image gaussian", "usage", "corrupt: expected 3 arguments, found 2",
      hint: "usage: corrupt MODALITY KIND SEVERITY"),
    BadInput("predict now", "usage", "predict: expected 0 arguments", hint: "usage: predict"),
    BadInput("weights a=1", "usage", "weights: does not take a=", hint: "usage: weights"),
    BadInput(
      "evaluate --x 1", "unknown-option", "unknown option --x", hint: "choose from: --split"),
    BadInput("evaluate --split", "missing-value", "--split has no value", hint: "write --split"),
    BadInput(
      "load imaje x.png", "unknown-modality", #"unknown modality "imaje""#,
      hint: "did you mean image?"),
    BadInput("weights", "no-model", "no model is trained yet", hint: "try `train`"),
    BadInput("train", "no-dataset", "no data set is open", hint: "try `open demo`"),
    BadInput("sample 1", "no-dataset", "no data set is open", hint: "try `open demo`"),
    BadInput(
      "load text \"half a sentence", "unterminated-quote", "the quote \" in column 11 is not",
      hint: "close it"),
    BadInput(
      "restore garbage.safetensors", "bad-model-file",
      "garbage.safetensors: not a safetensors file",
      hint: "the file is damaged"),
    BadInput(
      "restore nofile.safetensors", "file-missing", "no file at nofile.safetensors", hint: "check"),
  ]

  /// Where a model is trained and a sample is at hand.
  static let trained = [
    BadInput(
      "corrupt video gaussian 3", "unknown-modality", #"unknown modality "video""#,
      hint: "choose from: image, audio, text"),
    BadInput(
      "corrupt image gausian 3", "unknown-corruption", #"unknown corruption "gausian""#,
      hint: "did you mean gaussian?"),
    BadInput(
      "corrupt image gaussian 11", "usage", #"corrupt: expected a severity 0…10, found "11""#,
      hint: "usage: corrupt"),
    BadInput(
      "corrupt image gaussian nan", "usage", #"corrupt: expected a severity 0…10, found "nan""#,
      hint: "usage: corrupt"),
    BadInput(
      "sweep audio blur", "unknown-corruption", #"unknown corruption "blur""#, hint: "choose from:"),
    BadInput(
      "sample 601", "unknown-sample", "there is no sample 601", hint: "samples are numbered"),
    BadInput(
      "evaluate --corrupt image:gaussian", "usage", "evaluate: expected MODALITY:KIND:SEVERITY",
      hint: "usage: evaluate"),
    BadInput(
      "train epochs=0", "bad-parameter", "epochs expects a whole number", hint: "the default"),
    BadInput(
      "save nowhere/model.safetensors", "cannot-write",
      "cannot write nowhere/model.safetensors: no such file or directory", hint: "choose a folder"),
  ]
}
