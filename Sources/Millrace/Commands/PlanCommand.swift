import ArgumentParser

/// `millrace plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do: columns, partitions, the split of the SQL; run nothing.")

  @OptionGroup var options: TopologyOptions

  @Flag(help: "List every partition with its file, offset and length.")
  var cuts = false

  func run() throws {
    let plan = try options.plan()
    for line in try PlanText(plan: plan, listsCuts: cuts).lines() { StandardOutput.write(line) }
  }
}
