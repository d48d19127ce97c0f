/// FNV-1a over UTF-8: the same number on every run and machine, unlike `Hasher`.
/// Used to turn a name (a sample's id, a corruption's name) into a random stream.
public func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
  return hash
}
