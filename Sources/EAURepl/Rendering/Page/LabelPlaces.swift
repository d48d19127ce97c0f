/// Finds places for labels beside what they name, so that they cover each other and what else is
/// drawn as little as can be.
struct LabelPlaces {
  private let bounds: Page.Frame
  private var taken: [Page.Frame] = []

  /// - Parameter bounds: what no label leaves.
  init(within bounds: Page.Frame) { self.bounds = bounds }

  /// Keeps a place free of labels.
  mutating func reserve(_ frame: Page.Frame) { taken.append(frame) }

  /// A frame of a size around a box: above, below, beside it, then at its corners. Of those within
  /// the bounds the first that covers least.
  mutating func place(width: Double, height: Double, around box: Page.Frame) -> Page.Frame {
    let gap = 2.0
    let across = [
      box.x + (box.width - width) / 2, box.x + box.width + gap, box.x - gap - width,
    ]
    let down = [
      box.y - gap - height, box.y + box.height + gap, box.y + (box.height - height) / 2,
    ]
    let order = [(0, 0), (0, 1), (1, 2), (2, 2), (1, 0), (2, 0), (1, 1), (2, 1)]
    let candidates = order.map {
      Page.Frame(x: across[$0.0], y: down[$0.1], width: width, height: height)
    }
    let inside = candidates.filter { $0.lies(in: bounds) }
    let covered = inside.map { candidate in
      taken.reduce(0.0) { $0 + $1.overlap(candidate) }
    }
    let best = covered.indices.min { covered[$0] < covered[$1] }
    let chosen = best.map { inside[$0] } ?? candidates[0]
    taken.append(chosen)
    return chosen
  }
}

extension Page.Frame {
  func lies(in other: Page.Frame) -> Bool {
    x >= other.x && y >= other.y && x + width <= other.x + other.width
      && y + height <= other.y + other.height
  }

  /// The area two frames share.
  func overlap(_ other: Page.Frame) -> Double {
    let wide = min(x + width, other.x + other.width) - max(x, other.x)
    let high = min(y + height, other.y + other.height) - max(y, other.y)
    return max(wide, 0) * max(high, 0)
  }
}
