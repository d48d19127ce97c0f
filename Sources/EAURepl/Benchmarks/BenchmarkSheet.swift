import Fusion

/// A benchmark's table on the screen, as data, and as files.
struct BenchmarkSheet {
  let suite: BenchmarkSuite
  let seeds: [UInt64]
  let rows: [BenchmarkRow]
  let judgesValidation: Bool
  let seconds: Double

  func report(prefix: String?) -> Report {
    var blocks: [Block] = [
      .heading(
        "\(suite.rawValue): accuracy in %, mean ± standard deviation, seeds 1…\(seeds.count)"
          + (judgesValidation ? ", validation rows" : "")),
      .table(Table(columns: columns, rows: cells)),
      .table(Table(columns: trustColumns, rows: trustCells)),
      .text(suite.fineprint),
      .note(
        "all methods but *-clean train on the same corruption pairs; published figures come from "
          + "clean training rows: compare those with the *-clean rows"),
    ]
    if let prefix { blocks.append(.text("written: \(prefix).csv, .json, .md")) }
    return Report(blocks: blocks, result: json)
  }

  private var methods: [String] { unique(rows.map(\.method)) }
  private var protocols: [String] { unique(rows.map(\.protocolName)) }

  private var columns: [Table.Column] {
    [.init("method")] + protocols.map { .init($0, .right) }
      + [.init("ECE", .right)]
  }

  /// ECE under the first protocol and the worst.
  private var cells: [[String]] {
    methods.map { method in
      let own = rows.filter { $0.method == method }
      let scores = protocols.map { name in
        own.first { $0.protocolName == name }.map { Self.text($0.accuracy) } ?? ""
      }
      let ece = own.map(\.ece.mean)
      return [method] + scores + [
        "\(NumberText.fixed(ece.first ?? 0, 3))…\(NumberText.fixed(ece.max() ?? 0, 3))"
      ]
    }
  }

  private var trustColumns: [Table.Column] {
    [.init("weight of what is spoiled")] + spoiling.map { .init($0, .right) }
  }

  private var spoiling: [String] {
    unique(rows.filter { $0.alphaRatio != nil }.map(\.protocolName))
  }

  /// alpha of a spoiled modality over its alpha before; behind it Spearman's correlation of severity
  /// and sigma, where the protocol is a sweep.
  private var trustCells: [[String]] {
    methods.compactMap { method in
      let own = rows.filter { $0.method == method && $0.alphaRatio != nil }
      guard !own.isEmpty else { return nil }
      return [method]
        + spoiling.map { name in
          guard let row = own.first(where: { $0.protocolName == name }), let ratio = row.alphaRatio
          else { return "" }
          let correlation = row.spearman.map { ", ρ \(NumberText.fixed($0.mean, 2))" } ?? ""
          return "× \(NumberText.fixed(ratio.mean, 3))\(correlation)"
        }
    }
  }

  private static func text(_ statistic: BenchmarkRow.Statistic) -> String {
    // Narrow, so that five protocols and whole names fit 80 columns; files hold every digit.
    "\(NumberText.fixed(statistic.mean, 2)) ±\(NumberText.fixed(statistic.deviation, 1))"
  }

  var json: JSONValue {
    .object([
      ("protocolSet", .string(suite.rawValue)), ("seeds", .integer(seeds.count)),
      ("split", .string(judgesValidation ? "validation" : "test")),
      ("rows", .array(rows.map(Self.json))), ("seconds", .number(seconds)),
    ])
  }

  private static func json(_ row: BenchmarkRow) -> JSONValue {
    .object([
      ("method", .string(row.method)), ("protocol", .string(row.protocolName)),
      ("mean", .number(row.accuracy.mean)), ("std", .number(row.accuracy.deviation)),
      ("n", .integer(row.n)), ("nll", .number(row.nll.mean)), ("brier", .number(row.brier.mean)),
      ("ece", .number(row.ece.mean)), ("aurc", .number(row.aurc.mean)),
      ("weightRatio", JSONValue(row.alphaRatio?.mean)),
      ("spearman", JSONValue(row.spearman?.mean)),
      ("spearmanRealised", JSONValue(row.spearmanRealised?.mean)),
    ])
  }

  func write(prefix: String) throws {
    try AtomicFile.write(Array((json.text() + "\n").utf8), to: prefix + ".json")
    try AtomicFile.write(Array(csv.utf8), to: prefix + ".csv")
    try AtomicFile.write(Array(markdown.utf8), to: prefix + ".md")
  }

  private var csv: String {
    let header =
      "method,protocol,mean,std,n,nll,brier,ece,aurc,weightRatio,spearman,spearmanRealised\n"
    return rows.reduce(header) { text, row in
      let numbers = [
        row.accuracy.mean, row.accuracy.deviation, Double(row.n), row.nll.mean, row.brier.mean,
        row.ece.mean, row.aurc.mean,
      ].map { "\($0)" }.joined(separator: ",")
      return text + "\(row.method),\(row.protocolName),\(numbers),"
        + [row.alphaRatio, row.spearman, row.spearmanRealised]
        .map { $0.map { "\($0.mean)" } ?? "" }.joined(separator: ",") + "\n"
    }
  }

  private var markdown: String {
    markdown(columns, cells) + "\n" + markdown(trustColumns, trustCells)
      + "\nAccuracy in %, mean ± standard deviation, seeds 1…\(seeds.count). \(suite.fineprint).\n"
  }

  private func markdown(_ columns: [Table.Column], _ rows: [[String]]) -> String {
    let titles = columns.map(\.title)
    return ([titles, titles.map { _ in "---" }] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}

/// Each once, in order of first appearance.
private func unique(_ names: [String]) -> [String] {
  names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
