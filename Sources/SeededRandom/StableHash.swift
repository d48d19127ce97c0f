/// FNV-1a over UTF-8: the same number on every run and machine, unlike `Hasher`.
/// Used to turn a name (a sample's id, a corruption's name) into a random stream.
public func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
  return hash
}

/// SplitMix64's finaliser: a bijection that scatters neighbouring numbers. A random number that is
/// a pure function of its place.
public func mixed(_ value: UInt64) -> UInt64 {
  var mixed = value &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
