import ArgumentParser
import Glibc

/// `millrace-trials recovery`.
struct RecoveryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recovery",
    abstract: "Measure how soon the partition of a dead worker is begun by another.",
    discussion: """
      Each trial is a run of its own: two workers have a partition each, the others are idle. One of
      the two is killed by SIGKILL, or stopped by SIGSTOP, at a random moment of its beat, and the
      time is taken until another process begins the partition. This binary is the millrace of these
      runs, since the partitions tell by an operator of its own when they are begun.
      """)

  @Option(help: "Trials with each of the two signals.")
  var trials = 50

  @Option(help: "Workers of a run.")
  var workers = 4

  @Option(help: "Seed of the moments.")
  var seed: UInt64 = 1

  @Option(help: "Milliseconds between two beats.")
  var interval = 250

  func validate() throws {
    guard trials >= 1, (3...64).contains(workers), (10...10_000).contains(interval) else {
      throw ValidationError("--trials from 1, --workers 3 to 64, --interval 10 to 10000")
    }
  }

  func run() throws {
    var random = SplitMix64(seed: seed)
    for (signal, name) in [(SIGKILL, "kill -9"), (SIGSTOP, "SIGSTOP")] {
      var times: [Double] = []
      try TrialDirectory.with { directory in
        for _ in 0..<trials {
          let delay = random.fraction() * Double(interval) / 1000
          let trial = RecoveryTrial(directory: directory, workers: workers, interval: interval)
          times.append(try trial.run(signal: signal, delay: delay))
        }
      }
      let distribution = Distribution(milliseconds: times)
      print("\(name) to begun by another, \(trials) trials, beats of \(interval) ms")
      print("  \(distribution.summary)\n\(distribution.histogram)")
    }
  }
}
