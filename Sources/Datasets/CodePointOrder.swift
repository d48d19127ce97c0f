/// Order of Unicode code points, equal to that of UTF-8 bytes and of Python's `sorted`; Swift's own
/// `<` on strings normalises first.
func precedesByCodePoint(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
