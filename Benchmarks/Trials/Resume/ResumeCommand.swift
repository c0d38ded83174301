import ArgumentParser

/// `millrace-trials resume`.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract:
      "Kill the coordinator at random points of a run, resume, and count what is done again.",
    discussion: """
      This binary is the millrace of these runs, since the partitions tell by an operator of its own
      when they are begun: what was stored before the kill must not be begun after it.
      """)

  @Option(help: "Runs, each with a kill at another point.")
  var points = 10

  @Option(help: "Workers of a run.")
  var workers = 4

  @Option(help: "Seed of the points.")
  var seed: UInt64 = 1

  func validate() throws {
    guard points >= 1, (1...64).contains(workers) else {
      throw ValidationError("--points from 1, --workers 1 to 64")
    }
  }

  func run() throws {
    var random = SplitMix64(seed: seed)
    let trial = ResumeTrial(workers: workers)
    var again = 0
    print("killed at   begun   found stored   begun after   in flight   stored and done again")
    for _ in 0..<points {
      try TrialDirectory.with { directory in
        let facts = try trial.run(in: directory, killAfter: random.fraction() * trial.seconds)
        print(facts.line)
        try facts.check()
        again += facts.storedAndDoneAgain
      }
    }
    print("\(points) resumed runs, the same bytes each; stored and done again: \(again)")
  }
}
