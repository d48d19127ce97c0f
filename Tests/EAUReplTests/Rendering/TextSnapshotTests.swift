import Testing

@testable import EAURepl

/// Whole drawings, checked by eye once and kept since.
@Suite("text, tables and tokens as drawn")
struct TextSnapshotTests {
  @Test func wordsInUnicode() {
    #expect(
      drawn(SampleBlocks.words) == #"""
        Sample 17 of 日本
        ═════════════════
        The weight α of a modality is the mean over the dimensions of w, and the
        variance σ² is learned.
          indented
        note: nothing was dropped
        warning: file ␛[31mname
                 second line
        """# + "\n")
  }

  @Test func wordsInASCII() {
    #expect(
      drawn(SampleBlocks.words, unicode: false) == #"""
        Sample 17 of 日本
        =================
        The weight alpha of a modality is the mean over the dimensions of w, and the
        variance sigma^2 is learned.
          indented
        note: nothing was dropped
        warning: file \u{1b}[31mname
                 second line
        """# + "\n")
  }

  @Test func wordsInColour() {
    #expect(
      drawn(SampleBlocks.words, colour: .trueColour) == #"""
        ␛[1mSample 17 of 日本␛[0m
        ␛[2m═════════════════␛[0m
        The weight α of a modality is the mean over the dimensions of w, and the
        variance σ² is learned.
          indented
        ␛[2mnote: ␛[0mnothing was dropped
        ␛[38;2;230;159;0mwarning: ␛[0mfile ␛[31mname
                 second line
        """# + "\n")
  }

  @Test func tableInUnicode() {
    #expect(
      drawn(.table(SampleBlocks.table)) == #"""
        method      clean  noise5  remark
        ──────────  ─────  ──────  ──────
        calibrated   93.1    88.0   best
        日本語        9.1   100.0    é
        late         71.4
        evil␛[31m     0.0     0.0   a␊b
        """# + "\n")
  }

  @Test func tableInASCII() {
    #expect(
      drawn(.table(SampleBlocks.table), unicode: false) == #"""
        method          clean  noise5  remark
        --------------  -----  ------  -------
        calibrated       93.1    88.0   best
        日本語            9.1   100.0     é
        late             71.4
        evil\u{1b}[31m    0.0     0.0  a\u{a}b
        """# + "\n")
  }

  @Test func tableInColour() {
    #expect(
      drawn(.table(SampleBlocks.table), colour: .trueColour) == #"""
        ␛[1mmethod      clean  noise5  remark␛[0m
        ␛[2m──────────  ─────  ──────  ──────␛[0m
        calibrated   93.1    88.0   best
        日本語        9.1   100.0    é
        late         71.4
        evil␛[31m     0.0     0.0   a␊b
        """# + "\n")
  }

  @Test func foldedTable() {
    #expect(
      drawn(.table(SampleBlocks.wideTable)) == #"""
        method   column1  column2  column3  column4  column5  column6  column7  column8
        ───────  ───────  ───────  ───────  ───────  ───────  ───────  ───────  ───────
        uniform     11.0     22.0     33.0     44.0     55.0     66.0     77.0     88.0

        method   column9  column10  column11  column12
        ───────  ───────  ────────  ────────  ────────
        uniform     99.0     110.0     121.0     132.0
        """# + "\n")
  }

  @Test func narrowTable() {
    #expect(
      drawn(.table(SampleBlocks.table), width: 30) == #"""
        method    clean  noise5
        ────────  ─────  ──────
        calibra…   93.1    88.0
        日本語      9.1   100.0
        late       71.4
        evil␛[3…    0.0     0.0

        method    remark
        ────────  ──────
        calibra…   best
        日本語      é
        late
        evil␛[3…   a␊b
        """# + "\n")
  }

  @Test func tokensInUnicode() {
    #expect(
      drawn(.tokens(SampleBlocks.tokens)) == #"""
        the×3  quick  日本×2  \u{202e}fox
        """# + "\n")
  }

  @Test func tokensInASCII() {
    #expect(
      drawn(.tokens(SampleBlocks.tokens), unicode: false) == #"""
        the*3  quick  日本*2  \u{202e}fox
        """# + "\n")
  }

  @Test func tokensInColour() {
    #expect(
      drawn(.tokens(SampleBlocks.tokens), colour: .trueColour) == #"""
        the␛[38;2;230;159;0m×3  ␛[0mquick  日本␛[38;2;230;159;0m×2  ␛[0m\u{202e}fox
        """# + "\n")
  }
}
