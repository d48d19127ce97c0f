import Testing

@testable import EAURepl

/// Whole drawings, checked by eye once and kept since.
@Suite("pictures and waves as drawn")
struct MediaSnapshotTests {
  @Test func pictureInUnicode() {
    #expect(
      drawn(.picture(SampleBlocks.picture)) == #"""
         -*@
        :...
        4 × 3 pixels
        """# + "\n")
  }

  @Test func pictureInASCII() {
    #expect(
      drawn(.picture(SampleBlocks.picture), unicode: false) == #"""
         -*@
        :...
        4 x 3 pixels
        """# + "\n")
  }

  @Test func pictureInColour() {
    #expect(
      drawn(.picture(SampleBlocks.picture), colour: .trueColour) == #"""
        ␛[38;2;0;0;0;48;2;0;0;0m▀␛[0m␛[38;2;85;85;85;48;2;85;85;85m▀␛[0m␛[38;2;170;170;170;48;2;170;170;170m▀␛[0m␛[38;2;255;255;255;48;2;255;255;255m▀␛[0m
        ␛[38;2;255;0;0m▀␛[0m␛[38;2;170;0;85m▀␛[0m␛[38;2;85;0;170m▀␛[0m␛[38;2;0;0;255m▀␛[0m
        ␛[2m4 × 3 pixels␛[0m
        """# + "\n")
  }

  @Test func pictureIn256Colours() {
    #expect(
      drawn(.picture(SampleBlocks.picture), colour: .ansi256) == #"""
        ␛[38;5;16;48;5;16m▀␛[0m␛[38;5;240;48;5;240m▀␛[0m␛[38;5;248;48;5;248m▀␛[0m␛[38;5;231;48;5;231m▀␛[0m
        ␛[38;5;196m▀␛[0m␛[38;5;125m▀␛[0m␛[38;5;55m▀␛[0m␛[38;5;21m▀␛[0m
        ␛[2m4 × 3 pixels␛[0m
        """# + "\n")
  }

  @Test func pictureInASCIIAndColour() {
    #expect(
      drawn(.picture(SampleBlocks.picture), unicode: false, colour: .trueColour) == #"""
         ␛[38;2;85;85;85m-␛[0m␛[38;2;170;170;170m*␛[0m␛[38;2;255;255;255m@␛[0m
        ␛[38;2;255;0;0m:␛[0m␛[38;2;170;0;85m.␛[0m␛[38;2;85;0;170m.␛[0m␛[38;2;0;0;255m.␛[0m
        ␛[2m4 x 3 pixels␛[0m
        """# + "\n")
  }

  @Test func waveInUnicode() {
    #expect(
      drawn(.wave(SampleBlocks.wave)) == #"""
                                            ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣴⣶⣶⣶⣶⣶⣶⣶⣶⣶⣾⣿⣿⣿⣿⣿
        ⣿⣿⣿⣿⣿⡿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠟⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
        0 s                           peak 0.80                           2.00 s
        a ramp
        """# + "\n")
  }

  @Test func waveInASCII() {
    #expect(
      drawn(.wave(SampleBlocks.wave), unicode: false) == #"""
                                                              ||||||||||||||||||
        ------------------------------------------------------------------------
        ||||||||||||||||||
        0 s                           peak 0.80                           2.00 s
        a ramp
        """# + "\n")
  }

  @Test func waveInColour() {
    #expect(
      drawn(.wave(SampleBlocks.wave), colour: .trueColour) == #"""
                                            ␛[38;2;86;180;233m⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣴⣶⣶⣶⣶⣶⣶⣶⣶⣶⣾⣿⣿⣿⣿⣿␛[0m
        ␛[38;2;86;180;233m⣿⣿⣿⣿⣿⡿⠿⠿⠿⠿⠿⠿⠿⠿⠿⠟⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉␛[0m
        ␛[2m0 s                           peak 0.80                           2.00 s␛[0m
        ␛[2ma ramp␛[0m
        """# + "\n")
  }
}
