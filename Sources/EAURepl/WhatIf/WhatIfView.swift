import Fusion

/// Two moments side by side, and in one sentence what happened between them.
struct WhatIfView {
  let now: Moment
  let then: Moment
  /// As they were typed.
  let changes: [String]

  /// Classes shown: the most probable of both moments.
  private static let shownClasses = 3
  /// What is less reads as nothing.
  private static let least = 0.005

  func report() -> Report {
    var blocks: [Block] = [
      .heading("what if: \(changes.joined(separator: " and "))"), .text(summary), .table(weights),
    ]
    if now.rule != then.rule {
      blocks.append(.text("alpha is \(now.rule.rawValue) now, \(then.rule.rawValue) then"))
    }
    if case .classes = then.verdict {
      blocks.append(.table(classes))
    } else {
      blocks.append(.text("\(numberName) \(now.verdict.text) now, \(then.verdict.text) then"))
    }
    blocks.append(.text(doubt))
    blocks.append(.note("nothing was changed"))
    return Report(
      blocks: blocks,
      result: .object([
        ("changes", JSONValue(changes)), ("summary", .string(summary)), ("now", now.json),
        ("then", then.json),
      ]))
  }

  // MARK: Tables

  private var weights: Table {
    Table(
      columns: [
        .init("modality"), .init("alpha now", .right), .init("then", .right),
        .init("change", .right),
        .init("sigma now", .right), .init("then", .right), .init("change", .right),
      ],
      rows: names.map { name in
        let (a, b) = (present(now, name), present(then, name))
        return [name] + Self.cells(a?.alpha, b?.alpha) + Self.cells(a?.sigmaMean, b?.sigmaMean)
      })
  }

  private var classes: Table {
    let ranked = [now, then].map { moment -> [String] in
      guard case .classes(let ranked, _) = moment.verdict else { return [] }
      // The most probable one, and others that can be seen.
      return ranked.prefix(Self.shownClasses).enumerated()
        .filter { $0.offset == 0 || $0.element.probability >= Self.least }.map(\.element.label)
    }
    let shown = ranked[0] + ranked[1].filter { !ranked[0].contains($0) }
    return Table(
      columns: [
        .init("class"), .init("now", .right), .init("then", .right), .init("change", .right),
      ],
      rows: shown.map { label in
        [label]
          + Self.cells(now.verdict.probability(of: label), then.verdict.probability(of: label))
      })
  }

  private var doubt: String {
    let unit = then.verdict.best == nil ? "" : " nats"
    func pair(_ value: (Verdict) -> Double) -> String {
      "\(NumberText.fixed(value(now.verdict), 3)) to \(NumberText.fixed(value(then.verdict), 3))"
    }
    return "doubt: aleatoric \(pair(\.aleatoric))\(unit), epistemic \(pair(\.epistemic))\(unit)"
  }

  /// Now, then, and the change with its sign.
  static func cells(_ now: Double?, _ then: Double?) -> [String] {
    let texts = [now, then].map { $0.map { NumberText.fixed($0, 2) } ?? "missing" }
    guard let now, let then else { return texts + [""] }
    return texts + [NumberText.signed(then - now, 2)]
  }

  private var names: [String] {
    let first = now.reading.modalities.map(\.name)
    return first + then.reading.modalities.map(\.name).filter { !first.contains($0) }
  }

  private func present(_ moment: Moment, _ name: String) -> SampleReading.Modality? {
    moment.modality(name).flatMap { $0.isPresent ? $0 : nil }
  }

  private var numberName: String {
    if case .number(let name, _) = then.verdict { name } else { "value" }
  }

  // MARK: The sentence

  var summary: String { "\(weightSentence); \(predictionSentence)." }

  private var weightSentence: String {
    let moves = names.map { name in
      (name: name, change: (then.modality(name)?.alpha ?? 0) - (now.modality(name)?.alpha ?? 0))
    }.filter { abs($0.change) >= Self.least }
    let losers = moves.filter { $0.change < 0 }.sorted { $0.change < $1.change }
    let gainers = moves.filter { $0.change > 0 }.sorted { $0.change > $1.change }
    let text = { (change: Double) in NumberText.fixed(abs(change), 2) }
    func named(_ move: (name: String, change: Double)) -> String {
      move.change < 0 && present(then, move.name) == nil ? "\(move.name) (left out)" : move.name
    }
    guard let loser = losers.first, let gainer = gainers.first else {
      return moves.first.map {
        "\($0.name) \($0.change < 0 ? "loses" : "gains") \(text($0.change))"
      }
        ?? "the weights stay as they are"
    }
    if losers.count == 1 {
      let to = Verdict.destination(gainers)
      return present(then, loser.name) == nil
        ? "\(loser.name) is left out: its \(text(loser.change)) goes \(to)"
        : "\(loser.name) loses \(text(loser.change)) of its weight, \(to)"
    }
    if gainers.count == 1 {
      let givers = losers.map { "\(text($0.change)) from \(named($0))" }
      return "\(gainer.name) gains \(text(gainer.change)): \(givers.joined(separator: ", "))"
    }
    return "\(named(loser)) loses \(text(loser.change)) of its weight, "
      + "\(gainer.name) gains \(text(gainer.change))"
  }

  private var predictionSentence: String {
    guard let old = now.verdict.best, let new = then.verdict.best else {
      return "\(numberName) goes from \(now.verdict.text) to \(then.verdict.text)"
    }
    let number = { (value: Double) in NumberText.fixed(value, 2) }
    if old.label == new.label {
      return "the prediction stays \(new.label) (\(number(old.probability)) to "
        + "\(number(new.probability)))"
    }
    let verdict =
      new.label == then.label
      ? ", which is right" : old.label == then.label ? ", which is wrong" : ""
    return "the prediction turns from \(old.label) (\(number(old.probability))) to \(new.label) "
      + "(\(number(new.probability)))\(verdict)"
  }
}

extension NumberText {
  /// `+0.31`, `-0.05`, `0.00`: what rounds to nothing has no sign.
  static func signed(_ value: Double, _ decimals: Int) -> String {
    let text = fixed(value, decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return isZero || value < 0 || !value.isFinite ? text : "+" + text
  }
}
