import ModalityKit

extension PluginServer {
  /// Hands the encoder one signal after another as the toolkit names them, and answers whatever
  /// else is asked in between.
  mutating func fit(_ encoder: any ErasedEncoder) throws(EncoderError) -> Framed<Answer> {
    write(Framed(line: Answer()))
    let source = LearnSource(self)
    var result: Result<any FittedEncoder, EncoderError>
    do throws(EncoderError) {
      result = .success(try encoder.fit(IteratorSequence(source)))
    } catch {
      result = .failure(error)
    }
    // One that is content with fewer, or failed, is asked for its state all the same.
    while source.next() != nil {}
    self = source.server
    return Framed(line: Answer(), payload: [UInt8](try result.get().stateJSON))
  }

  /// The signals the toolkit names while an encoder is fitted.
  private final class LearnSource: IteratorProtocol {
    var server: PluginServer
    private var isOver = false

    init(_ server: PluginServer) { self.server = server }

    func next() -> ErasedSignal? {
      guard !isOver, let signal = server.nextToLearn() else {
        isOver = true
        return nil
      }
      return signal
    }
  }

  /// nil when the toolkit asks for the state, or is gone.
  private mutating func nextToLearn() -> ErasedSignal? {
    while let request = read() {
      switch request.line.verb {
      case .fitted: return nil
      case .learn:
        do throws(EncoderError) {
          let found = try signal(request.line)
          write(Framed(line: Answer()))
          return found
        } catch {
          write(Framed(line: Answer(error: error.failure)))
        }
      default: answer(request)
      }
    }
    return nil
  }
}
