package import Logging
package import PipelineCore
import Wire
import ZeroMQ

/// The ``Supervisor`` machine with its sockets, on a thread of its own: of one run on one host, or of a
/// cluster's runs one after the other.
package final class SupervisorEngine: Sendable {
  /// What other threads tell the engine.
  enum Command: Sendable {
    case childStarted(NodeID, name: String)
    case childExited(NodeID, ExitCause)
    case cancel(Failure, run: RunID?)
    case begin(RunID, Supervisor.Configuration)
    case stop
  }

  /// What a supervisor is started with.
  package struct Setup: Sendable {
    package var node: NodeID
    /// A name for people.
    package var name: String
    /// The run that is going on; ``RunID/none``: there is none.
    package var run: RunID
    package var configuration: Supervisor.Configuration

    package init(
      node: NodeID = .supervisor, name: String = "supervisor", run: RunID = .none,
      configuration: Supervisor.Configuration
    ) {
      self.node = node
      self.name = name
      self.run = run
      self.configuration = configuration
    }
  }

  private let inbox: Inbox<Command>
  private let thread: EngineThread

  /// Binds the supervisor's sockets, at the address that its connections were made with, and starts it.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use or cannot be bound, ``RuntimeError``.
  package init(
    _ setup: Setup, connections: Connections, observer: Observer, log: Logger
  ) throws {
    let inbox = try Inbox<Command>()
    self.inbox = inbox
    thread = try EngineThread(
      name: "supervisor",
      making: {
        try SupervisorLoop(
          setup, connections: connections, observer: observer, inbox: inbox, log: log)
      },
      working: { loop in try loop.work() },
      failed: { error in
        observer.ended(.failed(Failure(.operating, "the supervisor stopped: \(error)")))
        // The other roles of this process leave when the roster says so. It never will.
        connections.context.shutdown()
      })
  }

  /// A local child was started as this node.
  func childStarted(_ node: NodeID, name: String) {
    inbox.post(.childStarted(node, name: name))
  }

  /// A local child has ended.
  func childExited(_ node: NodeID, _ cause: ExitCause) { inbox.post(.childExited(node, cause)) }

  /// Goes over to another run, of which nothing is known yet. Whatever was going on is forgotten.
  package func begin(_ run: RunID, _ configuration: Supervisor.Configuration) {
    inbox.post(.begin(run, configuration))
  }

  /// Goes over to waiting: there is no run.
  package func idle(_ configuration: Supervisor.Configuration) {
    inbox.post(.begin(.none, configuration))
  }

  /// Ends the run with this reason; does nothing while there is none.
  ///
  /// - Parameter run: the run that is meant, where another may have begun; `nil`: whichever goes on.
  package func cancel(_ failure: Failure, run: RunID? = nil) {
    inbox.post(.cancel(failure, run: run))
  }

  /// Ends the engine and waits for it.
  package func stop() {
    inbox.post(.stop)
    thread.join()
  }
}
