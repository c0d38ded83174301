import ArgumentParser
import Foundation

/// `millrace-trials chaos`.
struct ChaosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chaos",
    abstract: "Run topologies again and again while processes are killed and stopped.",
    discussion: """
      Workers and coordinators are killed by SIGKILL, stopped and continued at random times, and with
      --faults the store fails. A run whose coordinator died or whose store failed is resumed. Each
      run must end with the same bytes as without faults, with each partition counted once, and with
      no process and no socket directory left.

      The seed decides what is done, in which order and with which pauses; what it meets is up to the
      host.
      """)

  @Option(help: "The millrace command.")
  var millrace: String

  @Option(help: "Seconds after which no further run is begun.")
  var seconds = 600.0

  @Option(help: "Seed of all that is random.")
  var seed: UInt64 = 1

  @Option(help: "Workers of a run.")
  var workers = 4

  @Option(help: "Size of the CSV file, in millions of bytes.")
  var megabytes = 96

  @Option(help: "The shared object made of Faults/faults.c; without it the store does not fail.")
  var faults: String?

  @Option(
    help: "Only this topology: \(ChaosTopology.allCases.map(\.rawValue).joined(separator: ", ")).")
  var only: ChaosTopology?

  @Flag(name: .shortAndLong, help: "Print the totals alone.")
  var quiet = false

  func validate() throws {
    guard (2...64).contains(workers), (1...2000).contains(megabytes), seconds > 0 else {
      throw ValidationError("--workers 2 to 64, --megabytes 1 to 2000, --seconds above 0")
    }
  }

  func run() throws {
    // Before anything takes time: a preload library that is not there is only a warning of ld.so.
    if let faults, !FileManager.default.isReadableFile(atPath: faults) {
      throw ValidationError("--faults \(faults) cannot be read; make it with cc, see faults.c")
    }
    try TrialDirectory.with { directory in
      let input = ChaosInput(path: directory.file("input.csv"), size: megabytes * 1_000_000)
      try input.write(seed: seed)
      let truths = try (only.map { [$0] } ?? ChaosTopology.allCases).map { topology in
        let text = topology.text(input: input.path, bytes: input.size, workers: workers)
        let truth = try ChaosTruth(
          topology, text: text, millrace: millrace, directory: directory)
        tell(
          "\(topology): \(truth.partitions) partitions, \(truth.rows) rows, "
            + String(format: "%.1f s without faults", truth.seconds))
        return truth
      }
      try runAgainAndAgain(truths, directory)
    }
  }

  private func runAgainAndAgain(_ truths: [ChaosTruth], _ directory: TrialDirectory) throws {
    let start = Monotonic.seconds
    var random = SplitMix64(seed: seed)
    var totals = ChaosCounts()
    var longest = 0.0
    repeat {
      var run = ChaosRun(
        millrace: millrace, truth: random.pick(truths), directory: directory,
        number: totals.runs + 1, workers: workers, faults: faults.map(absolute), random: &random)
      do {
        try run.carryOut()
      } catch {
        throw TrialFailure("seed \(seed), \(run.name): \(error)\nuntil then: \(totals.text)")
      }
      totals += run.counts
      longest = max(longest, run.seconds)
      tell(String(format: "%@: same bytes, %.1f s; %@", run.name, run.seconds, run.counts.text))
    } while Monotonic.seconds - start < seconds
    print("chaos, seed \(seed): \(totals.runs) runs, each with the same bytes as without faults")
    print("  \(totals.text)")
    print(String(format: "  the longest took %.1f s", longest))
  }

  private func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).path
  }

  private func tell(_ line: String) {
    guard !quiet else { return }
    print(line)
    // Each line at once, also into a pipe.
    fflush(nil)
  }
}

extension ChaosTopology: ExpressibleByArgument {}
