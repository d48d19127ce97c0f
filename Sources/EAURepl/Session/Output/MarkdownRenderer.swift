/// Reports for documents: headings, pipe tables, and what can only be drawn in fenced blocks.
struct MarkdownRenderer {
  let style: TerminalStyle

  /// Drawings have no colour, and a page's width.
  private var drawing: TerminalRenderer {
    TerminalRenderer(style: TerminalStyle(width: 80, unicode: style.unicode))
  }

  func render(_ report: Report) -> String {
    report.blocks.map { block in
      switch block {
      case .heading(let text): "### \(escaped(text))\n"
      case .text(let text): paragraphs(text)
      case .note(let text): "> note: \(escaped(text))\n"
      case .warning(let text): "> warning: \(escaped(text))\n"
      case .table(let table): self.table(table)
      default: "```\n" + drawing.render(Report(blocks: [block])) + "```\n"
      }
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func table(_ table: Table) -> String {
    let head = "| " + table.columns.map { escaped($0.title) }.joined(separator: " | ") + " |\n"
    let rules = table.columns.map { column in
      switch column.alignment {
      case .left: "---"
      case .centre: ":-:"
      case .right: "--:"
      }
    }
    let rows = table.rows.map { row in
      "| "
        + table.columns.indices.map { $0 < row.count ? escaped(row[$0]) : "" }
        .joined(separator: " | ") + " |\n"
    }
    return head + "|" + rules.joined(separator: "|") + "|\n" + rows.joined()
  }

  private func paragraphs(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Lines with an indentation are meant to stand as they are.
    if lines.contains(where: { $0.hasPrefix("  ") }) {
      return "```\n" + lines.map { printable(String($0)) + "\n" }.joined() + "```\n"
    }
    return lines.map { escaped(String($0)) }.joined(separator: "  \n") + "\n"
  }

  private func escaped(_ text: String) -> String {
    printable(text, unicode: style.unicode).replacing("|", with: "\\|")
      .replacing("<", with: "&lt;").replacing("\n", with: " ")
  }
}
