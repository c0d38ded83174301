/// Something worth telling about a run: what happened, to whom, and why.
package enum RunEvent: Sendable, Equatable {
  case joined(NodeIncarnation, name: String, roles: Roles)
  /// A node is dead or gone.
  case lost(Loss)
  /// A ventilator took back what a dead worker held.
  case requeued(worker: NodeIncarnation, name: String, count: UInt32, suspect: PartitionID?)
  /// An attempt failed and there will be another.
  case attemptFailed(PartitionID, attempt: UInt16, worker: NodeIncarnation, Failure)
  /// A later copy of a result differs from the stored one: the stage is not deterministic.
  case differs(PartitionID, worker: NodeIncarnation)
  /// No worker is alive while there is work.
  case waiting(Span)
  /// A local worker could not be started or died before it joined.
  case neverJoined(node: NodeID, name: String, ExitCause)

  /// A local worker that died is started again, for the `count`th time within the policy's window.
  case restarted(NodeID, name: String, count: Int)
  /// A partition failed as often as it may; the run goes on without it for now.
  case quarantined(Quarantined)
  /// A process was refused because another that is alive has its id.
  case idTaken(
    NodeID, name: String, processID: Int32, holder: String, holderProcessID: Int32)
  /// A ventilator cannot connect to a worker that is alive; told once of each incarnation.
  case unreachable(NodeIncarnation, name: String, endpoint: String, origin: String)

  /// How a node was lost, or left.
  package struct Loss: Sendable, Equatable {
    package var node: NodeIncarnation
    package var name: String
    package var processID: Int32
    package var roles: Roles
    package var cause: Cause
    /// Time since its last beat.
    package var silence: Span

    package init(
      node: NodeIncarnation, name: String, processID: Int32, roles: Roles, cause: Cause,
      silence: Span
    ) {
      self.node = node
      self.name = name
      self.processID = processID
      self.roles = roles
      self.cause = cause
      self.silence = silence
    }
  }

  /// Why a node is not on the roster any more.
  package enum Cause: Sendable, Equatable {
    case exited(ExitCause)
    case missedBeats(Int)
    /// Its process started again.
    case replaced
    /// A worker has been at one partition for this long, which is more than `timeout` allows.
    case stuck(PartitionID, Span)
    /// A ventilator took back what this worker held while the worker was alive.
    case evicted
    /// It was told to end, has answered what it had begun, and said so: no death.
    case left
    /// Its key was revoked.
    case revoked
  }
}

/// How a local child process ended.
package struct ExitCause: Sendable, Equatable {
  /// What the operating system said.
  package enum Status: Sendable, Equatable {
    case code(Int32)
    case signal(Int32)
    /// It never ran, for this reason.
    case notStarted(String)
  }

  package var status: Status
  /// The last lines the process wrote to standard error, oldest first.
  package var lastLines: [String]
  /// The partition that the process was at, if it was at one.
  package var underWay: PartitionID?

  package init(status: Status, lastLines: [String], underWay: PartitionID? = nil) {
    self.status = status
    self.lastLines = lastLines
    self.underWay = underWay
  }

  /// For example `killed by signal 9 (SIGKILL)`.
  package var description: String {
    switch status {
    case .code(let code): "exited with code \(code)"
    case .signal(let number): "killed by signal \(number)\(Self.name(ofSignal: number))"
    case .notStarted(let reason): "could not be started: \(reason)"
    }
  }

  #if os(Linux)
  private static let busError: Int32 = 7
  #else
  private static let busError: Int32 = 10
  #endif

  private static func name(ofSignal number: Int32) -> String {
    switch number {
    case 1: " (SIGHUP)"
    case 2: " (SIGINT)"
    case 3: " (SIGQUIT)"
    case 4: " (SIGILL: the program trapped)"
    case 5: " (SIGTRAP: the program trapped)"
    case 6: " (SIGABRT)"
    case busError: " (SIGBUS: a file became shorter while it was read)"
    case 9: " (SIGKILL)"
    case 11: " (SIGSEGV)"
    case 13: " (SIGPIPE)"
    case 15: " (SIGTERM)"
    default: ""
    }
  }
}
