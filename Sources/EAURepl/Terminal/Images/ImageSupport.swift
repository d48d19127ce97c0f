import Foundation
import Synchronization

/// What images the terminal shows: decided by `EAU_IMAGES`, or asked of the terminal once.
final class ImageSupport: Sendable {
  private enum Answer: Equatable {
    case unknown
    case known(ImageFormat?)
  }

  private let environment: [String: String]
  private let answer = Mutex(Answer.unknown)

  init(environment: [String: String]) { self.environment = environment }

  /// nil: text only.
  var format: ImageFormat? {
    switch environment["EAU_IMAGES"] ?? "" {
    case "off": return nil
    case let word where ImageFormat(rawValue: word) != nil: return ImageFormat(rawValue: word)
    default: break
    }
    guard Self.mayAsk(environment) else { return nil }
    return answer.withLock { answer in
      if case .known(let format) = answer { return format }
      // Keys that wait to be read would be taken for the answer: then another time.
      guard let reply = TerminalQuestion.ask(ImageFormat.question, until: ImageFormat.isComplete)
      else { return nil }
      let format = ImageFormat(answer: reply)
      answer = .known(format)
      return format
    }
  }

  /// Multiplexers answer for themselves, not for the terminal that shows the image.
  private static func mayAsk(_ environment: [String: String]) -> Bool {
    func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    let terminal = environment["TERM"] ?? ""
    let isMultiplexed =
      has("TMUX") || has("STY") || terminal.hasPrefix("screen")
      || terminal.hasPrefix("tmux")
    return !terminal.isEmpty && terminal != "dumb" && !isMultiplexed
  }
}

extension Console {
  /// How a picture shall be shown on stdout; nil: as text.
  /// - Parameters:
  ///   - isAsked: whether a person wants an image, whatever the output is.
  ///   - mode: only the form for people has images.
  /// - Throws: `no-images` where an image is asked for and cannot be shown.
  func imageFormat(isAsked: Bool, _ mode: OutputMode) throws -> ImageFormat? {
    guard mode == .table else { return nil }
    let isForced = environment["EAU_IMAGES"].flatMap(ImageFormat.init(rawValue:)) != nil
    // Into a pipe or a file only when both are said: which format, and that it be an image.
    if isatty(STDOUT_FILENO) == 1 || (isAsked && isForced), let format = images.format {
      return format
    }
    guard isAsked else { return nil }
    throw CommandError(
      "no-images", "this terminal does not say that it shows images",
      hint: "set EAU_IMAGES=kitty or EAU_IMAGES=sixel if it does, or draw into a file")
  }
}
