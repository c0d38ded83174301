import ArgumentParser

/// The command line.
struct TrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "millrace-trials",
    abstract: "Try what Millrace promises with processes that are killed, stopped and starved.",
    discussion: """
      Each trial exits with code 1 when a promise is broken and says where it left what happened.
      Needs Linux, for it finds processes in /proc.
      """,
    subcommands: [
      ChaosCommand.self, RecoveryCommand.self, TasksCommand.self, ResumeCommand.self,
      PoisonCommand.self, DurabilityCommand.self, UnevenCommand.self,
      LatencyCommand.self,
    ])
}
