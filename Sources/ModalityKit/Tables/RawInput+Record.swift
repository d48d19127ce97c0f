extension RawInput {
  /// Whether it is one row of a table, written as a flat JSON object.
  public var holdsRecord: Bool {
    guard case .text(let text) = self,
      text.utf8.first(where: { !JSONObjectScanner.isSpace($0) }) == UInt8(ascii: "{")
    else { return false }
    var scanner = JSONObjectScanner(Array(text.utf8)[...])
    return (try? scanner.object()) != nil
  }
}
