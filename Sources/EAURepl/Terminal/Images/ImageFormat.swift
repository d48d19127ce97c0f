/// The ways to show a bitmap in a terminal.
enum ImageFormat: String, CaseIterable, Sendable {
  /// Kitty's graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol): PNG in base64.
  case kitty
  /// DEC's sixel graphics: six rows of palette colours a band.
  case sixel

  /// What asks a terminal: whether it knows Kitty's protocol (an image of one pixel that is not
  /// shown), then its primary device attributes (DA1), which every terminal answers: behind that
  /// answer there is nothing to wait for.
  static let question = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[c"

  /// The best of what an answer offers; nil for none.
  init?(answer: String) {
    if answer.contains("\u{1B}_Gi=31;OK\u{1B}\\") {
      self = .kitty
    } else if Self.attributes(answer)?.contains("4") == true {
      self = .sixel
    } else {
      return nil
    }
  }

  /// Whether the answer to DA1 is in.
  static func isComplete(_ answer: String) -> Bool { attributes(answer) != nil }

  /// `62`, `4` of `ESC [ ? 62 ; 4 c`
  private static func attributes(_ answer: String) -> [Substring]? {
    guard let start = answer.range(of: "\u{1B}[?") else { return nil }
    let rest = answer[start.upperBound...]
    guard let end = rest.firstIndex(where: { !$0.isNumber && $0 != ";" }), rest[end] == "c" else {
      return nil
    }
    return rest[..<end].split(separator: ";")
  }
}
