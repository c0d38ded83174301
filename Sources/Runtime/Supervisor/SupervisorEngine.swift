import Logging
package import PipelineCore
import Wire
import ZeroMQ

/// The ``Supervisor`` machine with its sockets, on a thread of its own.
package final class SupervisorEngine: Sendable {
  /// What other threads tell the engine.
  enum Command: Sendable {
    case childStarted(NodeID, name: String)
    case childExited(NodeID, ExitCause)
    case cancel(Failure)
    case stop
  }

  /// Who is told what happens; called on the engine's thread.
  package struct Observer: Sendable {
    package var event: @Sendable (RunEvent) -> Void
    package var progress: @Sendable (RunSnapshot) -> Void
    package var ended: @Sendable (Supervisor.Outcome) -> Void
    /// A local child is to be started again.
    package var startChild: @Sendable (NodeID, _ name: String) -> Void
    /// A local child is to be killed.
    package var killChild: @Sendable (NodeID) -> Void

    package init(
      event: @escaping @Sendable (RunEvent) -> Void,
      progress: @escaping @Sendable (RunSnapshot) -> Void,
      ended: @escaping @Sendable (Supervisor.Outcome) -> Void,
      startChild: @escaping @Sendable (NodeID, _ name: String) -> Void,
      killChild: @escaping @Sendable (NodeID) -> Void
    ) {
      self.event = event
      self.progress = progress
      self.ended = ended
      self.startChild = startChild
      self.killChild = killChild
    }
  }

  private let inbox: Inbox<Command>
  private let thread: EngineThread

  /// Binds the supervisor's sockets and starts it.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use or cannot be bound, ``RuntimeError``.
  init(
    context: Context, address: SupervisorAddress, receipts: Endpoint, identity: NodeIncarnation,
    run: RunID, configuration: Supervisor.Configuration, observer: Observer, log: Logger
  ) throws {
    let inbox = try Inbox<Command>()
    self.inbox = inbox
    thread = try EngineThread(
      name: "supervisor",
      making: {
        try SupervisorLoop(
          context: context, address: address, receipts: receipts, identity: identity, run: run,
          configuration: configuration, observer: observer, inbox: inbox, log: log)
      },
      working: { loop in try loop.work() },
      failed: { error in
        observer.ended(.failed(Failure(.operating, "the supervisor stopped: \(error)")))
        // The other roles of this process leave when the roster says so. It never will.
        context.shutdown()
      })
  }

  /// A local child was started as this node.
  func childStarted(_ node: NodeID, name: String) {
    inbox.post(.childStarted(node, name: name))
  }

  /// A local child has ended.
  func childExited(_ node: NodeID, _ cause: ExitCause) { inbox.post(.childExited(node, cause)) }

  /// Ends the run with this reason.
  func cancel(_ failure: Failure) { inbox.post(.cancel(failure)) }

  /// Ends the engine and waits for it.
  func stop() {
    inbox.post(.stop)
    thread.join()
  }
}
