import Operators
import PipelineCore
import Wire
import ZeroMQ

/// The thread of a worker on which operators run, so that the engine goes on listening.
///
/// Nobody waits for it to end: an operator may be in the middle of a partition for minutes when the
/// process leaves.
final class ComputeThread: Sendable {
  /// Something to do.
  enum Job: Sendable {
    /// Make ready for a stage; packs of this stage follow. The meter is told whether its files are here.
    case prepare(StageSpecification, WorkerMeter)
    /// Let go of the stage: its run is over.
    case forget
    /// Process a lane message's partitions as the incarnation of this meter.
    case process(token: UInt64, header: SharedMessage, payload: SharedMessage, WorkerMeter)
    case stop
  }

  /// A pack's results, ready to be sent.
  struct Finished: Sendable {
    var token: UInt64
    /// Usually one; several where results are large; without some or all where the incarnation was
    /// abandoned meanwhile.
    var messages: [(header: SharedMessage, payload: SharedMessage)]
  }

  private let inbox: Inbox<Job>

  /// Starts the thread; `deliver` is called on it for each finished pack.
  ///
  /// - Parameter isOnOneHost: whether files named by the ventilator are on this host for certain.
  /// - Throws: ``RuntimeError``.
  init(
    registry: OperatorRegistry, isOnOneHost: Bool,
    deliver: @escaping @Sendable (Finished) -> Void
  ) throws(RuntimeError) {
    let inbox = try Inbox<Job>()
    self.inbox = inbox
    do {
      let thread = try NativeThread(name: "compute") {
        Self.run(inbox, Computer(registry: registry, isOnOneHost: isOnOneHost), deliver)
      }
      thread.detach()
    } catch {
      throw RuntimeError(error.description)
    }
  }

  private static func run(
    _ inbox: Inbox<Job>, _ computer: consuming Computer,
    _ deliver: @Sendable (Finished) -> Void
  ) {
    while true {
      inbox.wait()
      for job in inbox.drain() {
        switch job {
        case .stop: return
        case .prepare(let specification, let meter): computer.prepare(specification, meter)
        case .forget: computer.forget()
        case .process(let token, let header, let payload, let meter):
          deliver(computer.process(token, header, payload, meter))
        }
      }
    }
  }

  /// Queues a job.
  func post(_ job: Job) { inbox.post(job) }

  /// Lets the thread end after the present job.
  func stop() { inbox.post(.stop) }
}
