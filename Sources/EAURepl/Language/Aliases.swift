/// Names that a person gave to commands.
struct Aliases {
  struct Alias: Equatable {
    let name: String
    let commands: String
  }

  /// Sorted by name.
  private(set) var all: [Alias] = []

  /// - Parameter commands: empty takes the alias away.
  /// - Throws: `LanguageError` for what is no command line.
  mutating func set(_ name: String, to commands: String) throws(LanguageError) {
    let statements = try Tokenizer.statements(in: commands)
    all.removeAll { $0.name == name }
    guard !statements.isEmpty else { return }
    all.append(Alias(name: name, commands: commands))
    all.sort { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
  }

  /// What a statement stands for: itself unless its verb is an alias. Aliases are not looked for in
  /// aliases, so none can call itself.
  func expanded(_ statement: Statement) -> [Statement] {
    guard let verb = statement.words.first, !verb.quoted,
      let alias = all.first(where: { $0.name == verb.text }),
      var statements = try? Tokenizer.statements(in: alias.commands, firstLine: statement.line)
    else { return [statement] }
    let rest = statement.words.dropFirst()
    let last = statements.count - 1
    statements[last].words += rest
    statements[last].source += statement.source.dropFirst(verb.text.count)
    for index in statements.indices { statements[index].line = statement.line }
    return statements
  }
}
