import ModalityKit

/// The encoders that come with the toolkit, in the order in which help lists them.
public enum BuiltInEncoders {
  public static let all: [EncoderType] = [
    EncoderType(ThumbnailHOGEncoder.self),
    EncoderType(MFCCEncoder.self),
    EncoderType(BagOfWordsEncoder.self),
    EncoderType(VectorEncoder.self),
  ]
}
