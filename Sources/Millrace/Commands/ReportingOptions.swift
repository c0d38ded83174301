import ArgumentParser

/// What a command that carries a run out tells, and to whom.
struct ReportingOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Print nothing but results and errors.")
  var quiet = false

  @Flag(
    help: ArgumentHelp(
      "Print one JSON object a line to standard output, each with `event`; the last is `summary`."))
  var json = false

  /// The mode that the flags stand for.
  var mode: RunOutput.Mode { json ? .json : quiet ? .quiet : .people }
}
