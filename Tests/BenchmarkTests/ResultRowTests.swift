import Foundation
import Testing

/// The rows of Benchmarks/results.json, which others read.
@Suite struct ResultRowTests {
  private struct Row: Decodable {
    let work: String
    let threads: Int
    let ours: Double
    let peer: Double
    let peerName: String
    let unit: String
    let ratio: Double
    let turns: Int
    let foreignCores: Double
    let cores: Cores?
    let disagreement: Double?
    let megaflops: Double?
  }

  private struct Cores: Decodable {
    let ours: Double
    let peer: Double
  }

  private let rows: [Row]

  init() throws {
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Benchmarks/results.json")
    rows = try JSONDecoder().decode([Row].self, from: Data(contentsOf: place))
  }

  @Test func everyRowIsWhole() {
    for row in rows {
      #expect(row.ours > 0 && row.peer > 0 && row.turns >= 7, "\(row.work)")
      #expect(abs(row.ratio / (row.ours / row.peer) - 1) < 1e-9, "\(row.work)")
      #expect(!row.peerName.isEmpty && !row.unit.isEmpty, "\(row.work)")
      #expect(row.foreignCores >= 0, "\(row.work)")
    }
    #expect(Set(rows.map { "\($0.work) \($0.threads)" }).count == rows.count)
  }

  @Test(arguments: ["train-b256-dense", "train-b256-sparse", "train-b32-sparse"], [1, 2])
  func trainingIsMeasuredOnOneThreadAndOnTwo(work: String, threads: Int) throws {
    let row = try #require(rows.first { $0.work == work && $0.threads == threads })
    #expect(try #require(row.disagreement) < 1e-4)
    #expect(row.megaflops != nil)
    #expect((row.cores != nil) == (threads == 2))
  }

  @Test(arguments: ["infer-b1", "infer-b256-dense", "infer-b256-sparse", "start", "gemm-peak"])
  func isMeasured(work: String) {
    #expect(rows.contains { $0.work == work && $0.threads == 1 })
  }
}
