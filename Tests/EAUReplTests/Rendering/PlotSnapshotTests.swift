import Foundation
import Testing

@testable import EAURepl

/// What `plot` draws in a terminal, whole: Tests/Fixtures/drawings, checked by eye once and kept.
@Suite("plots as drawn")
struct PlotSnapshotTests {
  @Test(arguments: [40, 80, 200], [true, false])
  func everyChart(_ width: Int, _ unicode: Bool) throws {
    let name = "plots-\(width)-\(unicode ? "unicode" : "ascii").txt"
    let found = drawn(PlotBlocks.all, unicode: unicode, width: width)
    let kept = try? String(contentsOf: Workspace.fixture("drawings/\(name)"), encoding: .utf8)
    if found != kept {
      let folder = FileManager.default.temporaryDirectory.appending(path: "eau-drawings")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(found.utf8).write(to: folder.appending(path: name))
      Issue.record("\(folder.path)/\(name) is what is drawn now")
    }
    let lines = found.split(separator: "\n")
    #expect(lines.allSatisfy { displayWidth(String($0)) <= width })
    #expect(unicode || found.utf8.allSatisfy { $0 < 0x80 })
  }

  /// Without colour each series has a sign of its own, and dashes tell past from present.
  @Test func colourIsNeverNeeded() {
    let text = drawn(.scatter(PlotBlocks.scatter))
    for sign in ["● bell", "▲ bird", "■ nobody", "☆ before", "★ now"] {
      #expect(text.contains(sign), "\(sign)")
    }
    let curves = drawn(.curves(PlotBlocks.densities))
    #expect(curves.contains("●┄ before") && curves.contains("● now"))
  }

  @Test func moreGroupsThanShapesGetLetters() {
    let chart = ScatterChart(
      groups: (0..<11).map { .init(name: "class \($0)", points: [.init(x: Double($0), y: 0)]) })
    let text = drawn(.scatter(chart))
    #expect(text.contains("a class 0") && text.contains("k class 10"))
    #expect(Set(PointSign.allCases.indices.map { PointSign.of($0) }).count == 9)
  }

  @Test func aLogarithmicAxisNamesItsValues() {
    let text = drawn(.curves(PlotBlocks.losses))
    #expect(text.contains("100 ┤") && text.contains("0.01 ┤"))
    // 0 has no place on it: the curve is broken there.
    #expect(PlotBlocks.losses.level(0) == nil && PlotBlocks.losses.level(100) == 2)
  }

  @Test func theDiagonalIsToldByItsBrackets() {
    let text = drawn(.matrix(PlotBlocks.matrix), unicode: false, width: 40)
    #expect(text.contains("[12]") && text.contains("[104]") && text.contains("[0]"))
    #expect(text.contains("2 a name"))
  }
}
