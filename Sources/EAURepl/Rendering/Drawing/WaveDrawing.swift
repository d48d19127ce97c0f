extension Sheet {
  /// The envelope: for each column the least and the greatest sample, above and below a zero line.
  func draw(_ wave: Wave) -> [StyledLine] {
    let text = caption(wave.caption, .dim)
    guard !wave.samples.isEmpty else { return [StyledLine("no samples", .dim)] + text }
    var peak: Float = 0
    for sample in wave.samples where sample.isFinite { peak = max(peak, abs(sample)) }
    let full = wave.scale == .full ? max(peak, 1) : peak
    let canvas = envelope(wave, full: full)
    var lines: [StyledLine] = []
    for row in 0..<canvas.rows {
      var line = StyledLine()
      for column in 0..<canvas.columns {
        guard canvas.owner(row: row, column: column) != nil else {
          line.append(" ")
          continue
        }
        let isZeroLine = row == canvas.rows / 2
        let glyph =
          style.unicode ? canvas.glyph(row: row, column: column) : isZeroLine ? "-" : "|"
        line.append(glyph, .of(.skyBlue))
      }
      lines.append(line)
    }
    return lines + [timeLine(wave, peak: Double(peak), columns: canvas.columns)] + text
  }

  /// An odd number of lines without braille, so that one of them is the zero line.
  private func envelope(_ wave: Wave, full: Float) -> DotCanvas {
    let height = max(wave.height, 1)
    let rows = style.unicode || height % 2 == 1 ? height : height + 1
    var canvas = DotCanvas(columns: min(width, 72), rows: rows, unicode: style.unicode)
    let (count, dots) = (wave.samples.count, canvas.width)
    let middle = Double(canvas.height - 1) / 2
    func dot(_ sample: Float) -> Int {
      let share = full > 0 ? Double(min(max(sample / full, -1), 1)) : 0
      return Int((middle - share * middle).rounded())
    }
    wave.samples.withUnsafeBufferPointer { samples in
      for x in 0..<dots {
        // Short sounds are stretched: each dot shows at least one sample.
        let start = x * count / dots
        let end = min(max((x + 1) * count / dots, start + 1), count)
        var (low, high): (Float, Float) = (0, 0)
        var isEmpty = true
        for sample in samples[start..<end] where sample.isFinite {
          (low, high) = isEmpty ? (sample, sample) : (min(low, sample), max(high, sample))
          isEmpty = false
        }
        // Filled to the zero line, which reads as loudness at a glance.
        canvas.line((x, dot(max(high, 0))), (x, dot(min(low, 0))), owner: 0)
      }
    }
    return canvas
  }

  /// `0 s … peak 0.83 … 1.20 s`
  private func timeLine(_ wave: Wave, peak: Double, columns: Int) -> StyledLine {
    let middle = "peak \(NumberText.fixed(peak, 2))"
    let isTimed = wave.sampleRate.isFinite && wave.sampleRate > 0
    let seconds = Double(wave.samples.count) / (isTimed ? wave.sampleRate : 1)
    let start = isTimed ? "0 s" : "0"
    let end = isTimed ? "\(NumberText.fixed(seconds, 2)) s" : "\(wave.samples.count) samples"
    let room = max(columns - displayWidth(start) - displayWidth(end), displayWidth(middle) + 2)
    return StyledLine(start + middle.centred(in: room) + end, .dim)
  }
}
