import ArgumentParser

/// `millrace validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a topology and its source; run nothing.",
    discussion: """
      All errors are reported at once, as file:line:column: error: what is wrong.

        $ millrace validate Topologies/quickstart.yaml
        Topologies/quickstart.yaml: ok
      """)

  @OptionGroup var options: TopologyOptions

  func run() throws {
    _ = try options.plan()
    StandardOutput.write("\(options.topology): ok")
  }
}
