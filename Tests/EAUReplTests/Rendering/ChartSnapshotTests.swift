import Testing

@testable import EAURepl

/// Whole drawings, checked by eye once and kept since.
@Suite("bars and columns as drawn")
struct ChartSnapshotTests {
  @Test func barsInUnicode() {
    #expect(
      drawn(.bars(SampleBlocks.bars)) == #"""
        alpha
        image ▕█▎░░░░░░░░░░░░░░░                       ▏ 0.42 → 0.03 ▼  noise 5
        audio ▕█████████████▓▓▓▓▓▓▓▓▓▓▓                ▏ 0.31 → 0.60 ▲
        text  ▕██████████████▊                         ▏ 0.37 → 0.37 =
        touch ▕                                        ▏         n/a    missing
        """# + "\n")
  }

  @Test func barsInASCII() {
    #expect(
      drawn(.bars(SampleBlocks.bars), unicode: false) == #"""
        alpha
        image |#----------------                       | 0.42 -> 0.03 v  noise 5
        audio |############++++++++++++                | 0.31 -> 0.60 ^
        text  |###############                         | 0.37 -> 0.37 =
        touch |                                        |          n/a    missing
        """# + "\n")
  }

  @Test func barsInColour() {
    #expect(
      drawn(.bars(SampleBlocks.bars), colour: .trueColour) == #"""
        ␛[1malpha␛[0m
        image ␛[2m▕␛[0m␛[38;2;86;180;233m█▎␛[0m␛[38;2;213;94;0m░░░░░░░░░░░░░░░                       ␛[0m␛[2m▏␛[0m 0.42 → 0.03 ▼␛[2m  noise 5␛[0m
        audio ␛[2m▕␛[0m␛[38;2;86;180;233m█████████████␛[0m␛[38;2;0;158;115m▓▓▓▓▓▓▓▓▓▓▓                ␛[0m␛[2m▏␛[0m 0.31 → 0.60 ▲
        text  ␛[2m▕␛[0m␛[38;2;86;180;233m██████████████▊                         ␛[0m␛[2m▏␛[0m 0.37 → 0.37 =
        touch ␛[2m▕                                        ▏␛[0m         n/a  ␛[2m  missing␛[0m
        """# + "\n")
  }

  @Test func automaticBars() {
    #expect(
      drawn(.bars(SampleBlocks.plainBars)) == #"""
        a   ▕████                                    ▏  1.0
        bb  ▕██████████                              ▏  2.5
        ccc ▕████████████████████████████████████████▏ 10.0
        d   ▕                                        ▏ -1.0
        """# + "\n")
  }

  @Test func histogramInUnicode() {
    #expect(
      drawn(.columns(SampleBlocks.histogram)) == #"""
        norms
        4 ┤█████ █████
          │█████ █████
          │█████ █████ █████ █████
        0 ┤█████ █████ █████ █████
          └───────────────────────
           0                     4
        4 bins of width 1
        """# + "\n")
  }

  @Test func histogramInASCII() {
    #expect(
      drawn(.columns(SampleBlocks.histogram), unicode: false) == #"""
        norms
        4 +##### #####
          |##### #####
          |##### ##### ##### #####
        0 +##### ##### ##### #####
          +-----------------------
           0                     4
        4 bins of width 1
        """# + "\n")
  }

  @Test func histogramInColour() {
    #expect(
      drawn(.columns(SampleBlocks.histogram), colour: .trueColour) == #"""
        ␛[1mnorms␛[0m
        ␛[2m4 ┤␛[0m␛[38;2;86;180;233m█████ █████␛[0m
          ␛[2m│␛[0m␛[38;2;86;180;233m█████ █████␛[0m
          ␛[2m│␛[0m␛[38;2;86;180;233m█████ █████ █████ █████␛[0m
        ␛[2m0 ┤␛[0m␛[38;2;86;180;233m█████ █████ █████ █████␛[0m
        ␛[2m  └───────────────────────␛[0m
        ␛[2m   0                     4␛[0m
        ␛[2m4 bins of width 1␛[0m
        """# + "\n")
  }

  @Test func signedColumnsInUnicode() {
    #expect(
      drawn(.columns(SampleBlocks.signedColumns)) == #"""
        mu
         1 ┤█████
         0 ┤█████ █████ ▄▄▄▄▄
           │                        ▀▀▀▀▀ █████ █████
        -1 ┤                                    █████
           └───────────────────────────────────────────────
            0                                             7
        1 not finite
        """# + "\n")
  }

  @Test func signedColumnsInASCII() {
    #expect(
      drawn(.columns(SampleBlocks.signedColumns), unicode: false) == #"""
        mu
         1 +#####
         0 +##### ##### :::::
           |                        """"" ##### #####
        -1 +                                    #####
           +-----------------------------------------------
            0                                             7
        1 not finite
        """# + "\n")
  }

  @Test func signedColumnsInColour() {
    #expect(
      drawn(.columns(SampleBlocks.signedColumns), colour: .trueColour) == #"""
        ␛[1mmu␛[0m
        ␛[2m 1 ┤␛[0m␛[38;2;86;180;233m█████␛[0m
        ␛[2m 0 ┤␛[0m␛[38;2;86;180;233m█████ █████ ▄▄▄▄▄␛[0m
           ␛[2m│                        ␛[0m␛[38;2;213;94;0m▀▀▀▀▀ █████ █████␛[0m
        ␛[2m-1 ┤                                    ␛[0m␛[38;2;213;94;0m█████␛[0m
        ␛[2m   └───────────────────────────────────────────────␛[0m
        ␛[2m    0                                             7␛[0m
        ␛[2m1 not finite␛[0m
        """# + "\n")
  }

  @Test func namedColumns() {
    #expect(
      drawn(.columns(SampleBlocks.namedColumns)) == #"""
        few
        3.5 ┤            █████
            │      ▆▆▆▆▆ █████
          0 ┤▇▇▇▇▇ █████ █████ ▁▁▁▁▁
            └───────────────────────
             a     bb    ccc   d
        """# + "\n")
  }

  @Test func manyColumns() {
    #expect(
      drawn(.columns(SampleBlocks.manyColumns)) == #"""
        ramp
        198 ┤                                                   ▁▁▁▂▂▂▂▃▃▃▄▄▄▅▅▅▆▆▆▇▇▇██
            │                           ▁▁▁▂▂▂▃▃▃▄▄▄▅▅▅▆▆▆▇▇▇███████████████████████████
          0 ┤▁▁▁▁▁▂▂▂▃▃▃▄▄▄▅▅▅▆▆▆▇▇▇████████████████████████████████████████████████████
            └───────────────────────────────────────────────────────────────────────────
             0                                                                       199
        each column is the mean of 2–3 values
        """# + "\n")
  }
}
