import Foundation

/// One run under chaos, from `millrace run` over as many `millrace resume` as it takes.
struct ChaosRun {
  /// Sessions under chaos; the one after them is left alone, so that the run ends.
  private static let sessionsUnderChaos = 12

  let millrace: String
  let truth: ChaosTruth
  let directory: TrialDirectory
  /// The run's number, which names its files.
  let number: Int
  let workers: Int
  /// The shared object that makes the store fail; `nil` for a store that does not.
  let faults: String?
  private let overrides: [String]
  private var random: SplitMix64
  private(set) var counts = ChaosCounts()
  /// Seconds from the first start to the end.
  private(set) var seconds = 0.0

  init(
    millrace: String, truth: ChaosTruth, directory: TrialDirectory, number: Int, workers: Int,
    faults: String?, random: inout SplitMix64
  ) {
    self.millrace = millrace
    self.truth = truth
    self.directory = directory
    self.number = number
    self.workers = workers
    self.faults = faults
    var overrides = ["durability=\(random.pick(["machine", "process"]))"]
    if truth.topology.readsFile {
      overrides.append("source.deliver=\(random.pick(["reference", "inline"]))")
    }
    self.overrides = overrides
    self.random = SplitMix64(seed: random.next())
  }

  /// Which run this is, for people.
  var name: String { "run \(number) \(truth.topology) \(overrides.joined(separator: " "))" }

  private var output: String { file("out") }
  private var hasOutput: Bool { FileManager.default.fileExists(atPath: output) }

  private func file(_ name: String) -> String { directory.file("\(number)/\(name)") }

  /// Carries the run out and checks all that it leaves.
  ///
  /// - Throws: ``TrialFailure`` when a promise is broken.
  mutating func carryOut() throws {
    let start = Monotonic.seconds
    try FileManager.default.createDirectory(
      atPath: file("runs"), withIntermediateDirectories: true)
    var run: String?
    var session = 0
    var failedBefore = false
    while true {
      session += 1
      let outcome = try carryOut(session: session, of: run, mayFail: !failedBefore)
      run = try outcome.run ?? run ?? begun()
      if outcome.isDone { break }
      failedBefore = outcome.storeFailed
      if run != nil { counts.resumes += 1 }
    }
    counts.runs = 1
    seconds = Monotonic.seconds - start
    try truth.expectSame(output)
    // Those whose coordinator died while they were stopped find out only now.
    directory.continueAll()
    try directory.waitUntilNoProcess(limit: 20)
    try directory.expectNoSocketDirectory()
    let left = try FileManager.default.contentsOfDirectory(atPath: directory.file("\(number)"))
    guard !left.contains(where: { $0.hasSuffix(".partial") }) else {
      throw TrialFailure("half an output is left in \(directory.file("\(number)"))")
    }
    try directory.remove("\(number)")
  }

  private struct Outcome {
    /// The run's id, if it came to one.
    var run: String?
    var isDone = false
    var storeFailed = false
  }

  /// One command.
  ///
  /// - Parameters:
  ///   - run: the run that is resumed; `nil` to begin one.
  ///   - mayFail: whether the store may be made to fail.
  private mutating func carryOut(
    session: Int, of run: String?, mayFail: Bool
  ) throws -> Outcome {
    let isCalm = session > Self.sessionsUnderChaos
    var fault: StoreFault?
    if let faults, mayFail, !isCalm, random.happens(0.2) {
      fault = StoreFault(library: faults, told: file("\(session).fault"), &random)
    }
    // A coordinator that was killed after its last deed has left the output.
    let hadOutput = hasOutput
    let command = try start(session: session, of: run, fault)
    let limit = 60 + 30 * truth.seconds
    let end: Command.End
    var killedCoordinator = false
    if isCalm {
      end = try command.wait(limit: limit)
    } else {
      var tormentor = Tormentor(
        command, pause: max(0.05, truth.seconds / 5), workers: workers,
        killsCoordinator: fault == nil, random: SplitMix64(seed: random.next()))
      end = try tormentor.torment(limit: limit)
      counts += tormentor.counts
      killedCoordinator = tormentor.counts.coordinatorKills > 0
    }
    let record = try JSONLog(path: command.outputPath)
    take(record)
    var outcome = Outcome(run: record.run)
    if let run, let other = outcome.run, other != run {
      throw TrialFailure("resume of \(run) says that its run is \(other): \(command.outputPath)")
    }
    switch end {
    case .exited(0):
      try expectAllPartitions(record, command)
      outcome.isDone = true
    case .killed(SIGKILL) where killedCoordinator: break
    case .exited(1) where fault?.hasHappened == true:
      try expectFailureInWords(of: fault, command)
      guard hadOutput || !hasOutput else {
        throw TrialFailure("the run failed and wrote \(output)")
      }
      outcome.storeFailed = true
      counts.storeFailures += 1
    default:
      // A coordinator that was killed between its last deed and its exit left nothing to resume.
      guard let run, try isFinished(run, session) else {
        throw TrialFailure(
          "\(end), which nothing that was done to it explains: \(command.errorPath)")
      }
      outcome.isDone = true
    }
    return outcome
  }

  /// The run of a process that was killed before it told its id, if it had begun one: to be resumed like
  /// any other, or it would leave behind what only the next session removes. One whose first record is
  /// not there yet has left nothing.
  private func begun() throws -> String? {
    let list = try Command(
      millrace, ["runs", "--json"],
      environment: directory.environment.merging(["MILLRACE_RUNS": file("runs")]) { $1 },
      log: file("runs-list"))
    _ = try list.wait(limit: 60)
    return try JSONLog(path: list.outputPath).interruptedRun
  }

  private func start(session: Int, of run: String?, _ fault: StoreFault?) throws -> Command {
    let arguments =
      run.map { ["resume", $0, "--json"] }
      ?? ["run", truth.path, "--json"]
      + (overrides + [ChaosTruth.sink(output)]).flatMap { ["--set", $0] }
    var environment = directory.environment.merging(fault?.environment ?? [:]) { $1 }
    environment["MILLRACE_RUNS"] = file("runs")
    return try Command(millrace, arguments, environment: environment, log: file("\(session)"))
  }

  private mutating func take(_ record: JSONLog) {
    counts.requeued += record.requeued
    counts.duplicates += record.count("duplicates") ?? 0
    counts.resumed += record.count("resumed_partitions") ?? 0
    counts.secondAttempts += record.count("second_attempts") ?? 0
  }

  /// Each partition and each row counts once, whatever was done twice.
  private func expectAllPartitions(_ record: JSONLog, _ command: Command) throws {
    for (field, expected) in [("partitions", truth.partitions), ("rows", truth.rows)]
    where record.count(field) != expected {
      throw TrialFailure(
        "the summary has \(record.count(field) ?? -1) \(field), not \(expected): "
          + command.outputPath)
    }
  }

  private func expectFailureInWords(of fault: StoreFault?, _ command: Command) throws {
    guard let data = FileManager.default.contents(atPath: command.errorPath),
      fault?.isTold(in: String(decoding: data, as: UTF8.self)) == true
    else { throw TrialFailure("the store failed, which is not told: \(command.errorPath)") }
  }

  private func isFinished(_ run: String, _ session: Int) throws -> Bool {
    guard hasOutput else { return false }
    var environment = directory.environment
    environment["MILLRACE_RUNS"] = file("runs")
    let command = try Command(
      millrace, ["show", run, "--json"], environment: environment, log: file("\(session).show"))
    guard try command.wait(limit: 30) == .exited(0) else { return false }
    return try JSONLog(path: command.outputPath).isFinished
  }
}
