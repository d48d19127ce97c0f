import Testing

@testable import EAURepl

/// Whole drawings, checked by eye once and kept since.
@Suite("curves and strips as drawn")
struct CurveSnapshotTests {
  @Test func curvesInUnicode() {
    #expect(
      drawn(.curves(SampleBlocks.curves)) == #"""
        sweep
        share
          1 ┤●⠑⠒⠢⠤⢄●⣀⡀                                                ⢀⣀▲⡠⠤⠔⠒⠊▲
            │        ⠈⠉⠉⠑⠒●⠢⠤⢄⣀⡀                            ⢀⣀⡠⠤⠔▲⠒⠊⠉⠉⠁
            │                  ⠈●⠉⠒⠒⠤⠤⣀●⣀          ⣀▲⣀⠤⠤⠒⠒⠉▲⠁
        0.5 ┤                           ⢀⣉⡩⠭⠵⠒*⠲⠭⢍⣉⡀
            │                  ⢀▲⣀⠤⠤⠒⠒⠉▲⠁          ⠈●⠉⠒⠒⠤⠤⣀●⡀
            │        ⢀⣀⣀⡠⠤▲⠔⠒⠊⠉⠁                            ⠈⠉⠑⠒⠢●⠤⢄⣀⣀⡀
          0 ┤▲⡠⠤⠔⠒⠊▲⠉⠁                                                ⠈⠉●⠑⠒⠢⠤⢄●
            └──────────────────────────────────────────────────────────────────
             0     1      2     3      4      5     6      7     8      9    10
                                          severity
        ● alpha   ▲ sigma   * several
        """# + "\n")
  }

  @Test func curvesInASCII() {
    #expect(
      drawn(.curves(SampleBlocks.curves), unicode: false) == #"""
        sweep
        share
          1 +a...                                                          ...b
            |    ...a.....a...                                ...b......b..
            |                 ...a.....a...      ...b......b..
        0.5 +                              ...*..
            |                 ...b.....b...      ...a......a..
            |    ...b.....b...                                ...a......a..
          0 +b...                                                          ...a
            +------------------------------------------------------------------
             0      1     2      3     4      5     6      7     8      9    10
                                          severity
        a alpha   b sigma   * several
        """# + "\n")
  }

  @Test func curvesInColour() {
    #expect(
      drawn(.curves(SampleBlocks.curves), colour: .trueColour) == #"""
        ␛[1msweep␛[0m
        ␛[2mshare␛[0m
        ␛[2m  1 ┤␛[0m␛[38;2;86;180;233m●⠑⠒⠢⠤⢄●⣀⡀                                                ␛[0m␛[38;2;230;159;0m⢀⣀▲⡠⠤⠔⠒⠊▲␛[0m
            ␛[2m│        ␛[0m␛[38;2;86;180;233m⠈⠉⠉⠑⠒●⠢⠤⢄⣀⡀                            ␛[0m␛[38;2;230;159;0m⢀⣀⡠⠤⠔▲⠒⠊⠉⠉⠁␛[0m
            ␛[2m│                  ␛[0m␛[38;2;86;180;233m⠈●⠉⠒⠒⠤⠤⣀●⣀          ␛[0m␛[38;2;230;159;0m⣀▲⣀⠤⠤⠒⠒⠉▲⠁␛[0m
        ␛[2m0.5 ┤                           ␛[0m␛[38;2;230;159;0m⢀⣉⡩⠭⠵⠒␛[0m␛[38;2;200;200;200m*␛[0m␛[38;2;230;159;0m⠲⠭⢍⣉␛[0m␛[38;2;86;180;233m⡀␛[0m
            ␛[2m│                  ␛[0m␛[38;2;230;159;0m⢀▲⣀⠤⠤⠒⠒⠉▲⠁          ␛[0m␛[38;2;86;180;233m⠈●⠉⠒⠒⠤⠤⣀●⡀␛[0m
            ␛[2m│        ␛[0m␛[38;2;230;159;0m⢀⣀⣀⡠⠤▲⠔⠒⠊⠉⠁                            ␛[0m␛[38;2;86;180;233m⠈⠉⠑⠒⠢●⠤⢄⣀⣀⡀␛[0m
        ␛[2m  0 ┤␛[0m␛[38;2;230;159;0m▲⡠⠤⠔⠒⠊▲⠉⠁                                                ␛[0m␛[38;2;86;180;233m⠈⠉●⠑⠒⠢⠤⢄●␛[0m
        ␛[2m    └──────────────────────────────────────────────────────────────────␛[0m
        ␛[2m     0     1      2     3      4      5     6      7     8      9    10␛[0m
        ␛[2m                                  severity␛[0m
        ␛[38;2;86;180;233m●␛[0m alpha   ␛[38;2;230;159;0m▲␛[0m sigma   ␛[38;2;200;200;200m*␛[0m several
        """# + "\n")
  }

  @Test func stripsInUnicode() {
    #expect(
      drawn(SampleBlocks.strips.map(Block.strip)) == #"""
        mu       ▕  ░░▒▒▓▓██▏ 0 … 9
        variance ▕ ·▒█▏ 0 … 1
        """# + "\n")
  }

  @Test func stripsInASCII() {
    #expect(
      drawn(SampleBlocks.strips.map(Block.strip), unicode: false) == #"""
        mu       | .:-=+*#%@| 0 ... 9
        variance | ?+@| 0 ... 1
        """# + "\n")
  }

  @Test func stripsInColour() {
    #expect(
      drawn(SampleBlocks.strips.map(Block.strip), colour: .trueColour) == #"""
        mu       ␛[2m▕  ␛[0m␛[38;2;60;73;133m░␛[0m␛[38;2;50;103;139m░␛[0m␛[38;2;39;131;140m▒␛[0m␛[38;2;47;157;131m▒␛[0m␛[38;2;74;182;112m▓␛[0m␛[38;2;112;204;91m▓␛[0m␛[38;2;182;218;64m█␛[0m␛[38;2;253;231;37m█␛[0m␛[2m▏ 0 … 9␛[0m
        variance ␛[2m▕ ·␛[0m␛[38;2;33;145;140m▒␛[0m␛[38;2;253;231;37m█␛[0m␛[2m▏ 0 … 1␛[0m
        """# + "\n")
  }
}
