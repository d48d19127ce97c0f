/// The manual page eau(1), made from what the commands say of themselves. In the macros of mdoc(7).
enum ManualPage {
  static var text: String {
    """
    .Dd November 1, 2026
    .Dt EAU 1
    .Os
    .Sh NAME
    .Nm eau
    .Nd see pictures, sounds and sentences become Gaussians, and the fusion move its trust
    .Sh SYNOPSIS
    .Nm
    .Op Fl -open Ar DATASET
    .Op Fl -output Ar MODE
    .Op Fl -seed Ar N
    .Op Fl c Ar COMMANDS | Fl f Ar FILE
    .Sh DESCRIPTION
    .Nm
    is a toolkit and a prompt for the method of
    .Dq Embracing Unimodal Aleatoric Uncertainty for Robust Multimodal Fusion
    (CVPR 2024).
    On a terminal it opens a prompt; commands can be given by
    .Fl c ,
    .Fl f
    or a pipe, and then stop at the first error with its place and exit status 1.
    .Bl -tag -width Ds
    \(options.map { ".It Fl \($0.0)\n\(escaped($0.1))" }.joined(separator: "\n"))
    .El
    .Sh COMMANDS
    Commands are separated by
    .Ql \\&;
    or line ends; a backslash at the end of a line joins the next one; text with blanks stands in quotes;
    .Ql #
    begins a comment.
    \(Commands.groups.map(section).joined(separator: "\n"))
    .Sh ENVIRONMENT
    .Bl -tag -width Ds
    \(variables.map { ".It Ev \($0.0)\n\(escaped($0.1))" }.joined(separator: "\n"))
    .El
    .Sh EXIT STATUS
    0 when every command went well, 1 after an error, 2 for wrong usage of
    .Nm
    itself.
    .Sh EXAMPLES
    .Dl eau --open demo
    .Dl eau -c \(quoted("open demo; train; sample 12; corrupt image gaussian 8"))
    .Dl eau --json -c \(quoted("open demo; train; evaluate"))

    """
  }

  private static let options = [
    ("c Ar COMMANDS", "Run commands. May be repeated."),
    ("f Ar FILE", "Run the commands in a file."),
    ("-open Ar DATASET", "Open a data set before anything else."),
    ("-output Ar MODE", "How answers are written: table, json, jsonl, csv or markdown."),
    ("-json", "As --output jsonl, and no prompt: one object a command on stdout, nothing else."),
    ("-keep-going", "Go on after an error."),
    ("-seed Ar N", "Seed of corruptions, and of trainings that name none (1)."),
    ("-threads Ar N", "Threads for reading and encoding. Results do not depend on it."),
    ("-no-cache", "Keep no features from session to session."),
    ("-no-rc", "Do not run the commands of the start file."),
    ("-no-color", "No colour, whatever the terminal can do."),
    ("-generate-completion Ar SHELL", "Print the completion of bash, zsh or fish."),
    ("-generate-manual", "Print this page."),
    ("-version", "Print the version."),
  ]

  private static let variables = [
    ("EAU_HISTORY", "The prompt's history, else eau/history in XDG_STATE_HOME; empty for none."),
    ("EAU_RC", "The start file, else eau/rc in XDG_CONFIG_HOME; empty for none."),
    ("EAU_AUTOSAVE", "\"off\" keeps no session for `resume`."),
    ("EAU_STAMPS , EAU_HANDWRITTEN", "Where these data sets lie."),
    ("NO_COLOR , CLICOLOR_FORCE , TERM , COLUMNS", "What the output may look like."),
  ]

  private static func section(_ group: Commands.Group) -> String {
    ".Ss \(group.name.prefix(1).uppercased() + group.name.dropFirst()): \(escaped(group.summary))\n"
      + ".Bl -tag -width Ds\n" + group.commands.map(item).joined(separator: "\n") + "\n.El"
  }

  private static func item(_ command: any Command.Type) -> String {
    var lines = [".It Ic \(escaped(command.usage))", escaped(command.summary) + "."]
    for parameter in command.parameters {
      let range = parameter.values.range
      lines += [
        ".br",
        escaped(
          "\(parameter.heading): \(parameter.meaning)" + (range.isEmpty ? "" : " [\(range)]")),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String { "\\(aq\(escaped(text))\\(aq" }

  /// Backslashes, and points and quotes at the beginning of a line, mean something to roff.
  private static func escaped(_ text: String) -> String {
    let line = text.replacing("\\", with: "\\e").replacing("\n", with: " ")
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
