import ModalityKit

/// The encoders that come with the toolkit, in the order in which help lists them. The
/// first of a modality is its default.
public enum BuiltInEncoders {
  public static let all: [EncoderType] = [
    EncoderType(ThumbnailHOGEncoder.self),
    EncoderType(MFCCEncoder.self),
    EncoderType(BagOfWordsEncoder.self),
    EncoderType(HashedWordsEncoder.self),
    EncoderType(VectorEncoder.self),
  ]
}
