import Foundation
import Testing

/// When in the course of a run something happens to it.
enum Moment: String, CaseIterable, Sendable {
  /// The run has a directory and perhaps no more.
  case begun
  /// All is on record; no worker is needed yet.
  case recorded
  /// The workers are there; little or nothing is stored.
  case working
  /// A few results are stored.
  case early
  /// A good part of the results are stored.
  case middle
  /// The workers have left; the output is being written, or is there.
  case ending

  /// Waits for this moment of a ``SlowRun``.
  ///
  /// - Throws: when the run ends before it.
  func wait(for command: RunningCommand, in workspace: Workspace) throws {
    try Condition.wait("the moment '\(rawValue)' of the run") {
      if has(come: command, workspace) { return true }
      guard command.isRunning else { throw RunningCommand.EndedEarly() }
      return nil
    }
    if self == .ending {
      try Condition.wait("the workers' end") { command.workers.isEmpty ? true : nil }
    }
  }

  private func has(come command: RunningCommand, _ workspace: Workspace) -> Bool {
    switch self {
    case .begun: workspace.hasRuns
    case .recorded: workspace.hasRecordedRun
    case .working: command.workers.count == 2
    case .early: workspace.storedBlocks >= 4
    case .middle, .ending: workspace.storedBlocks >= SlowRun.partitions / 4
    }
  }
}

extension Workspace {
  /// Starts a slow run and kills its coordinator as a crash would.
  func crash(
    _ run: SlowRun, at moment: Moment = .early, _ arguments: String...
  ) throws {
    try crash(start(["run", try write(run)] + arguments), at: moment)
  }

  /// Kills the coordinator of a run at a moment, and waits until its workers have left by themselves.
  ///
  /// - Returns: the seconds that a worker was there without it.
  @discardableResult
  func crash(_ command: RunningCommand, at moment: Moment) throws -> Double {
    try moment.wait(for: command, in: self)
    command.send(SIGKILL)
    let killed = Date()
    // The command's arguments and its workers' all name the workspace.
    try Condition.wait("the workers' end") {
      ProcessTable.processes(mentioning: root.path).isEmpty ? true : nil
    }
    let seconds = Date().timeIntervalSince(killed)
    _ = command.wait()
    return seconds
  }
}
