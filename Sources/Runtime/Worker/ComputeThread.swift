import Operators
import PipelineCore
import Wire
import ZeroMQ

/// The thread of a worker on which operators run, so that the engine goes on listening.
final class ComputeThread: Sendable {
  /// Something to do.
  enum Job: Sendable {
    /// Make ready for a stage; packs of this stage follow.
    case prepare(StageSpecification)
    /// Process a lane message's partitions; `sender` is who the results are from.
    case process(token: UInt64, header: SharedMessage, payload: SharedMessage, NodeIncarnation)
    case stop
  }

  /// A pack's results, ready to be sent.
  struct Finished: Sendable {
    var token: UInt64
    /// Usually one; several where results are large.
    var messages: [(header: SharedMessage, payload: SharedMessage)]
    var partitions: Int
    var bytes: Int
    var rows: Int
  }

  private let inbox: Inbox<Job>
  private let thread: EngineThread

  /// Starts the thread; `deliver` is called on it for each finished pack.
  ///
  /// - Throws: ``RuntimeError``.
  init(
    registry: OperatorRegistry, deliver: @escaping @Sendable (Finished) -> Void
  ) throws(RuntimeError) {
    let inbox = try Inbox<Job>()
    self.inbox = inbox
    thread = try EngineThread(name: "compute") {
      var computer = Computer(registry: registry)
      while true {
        inbox.wait()
        for job in inbox.drain() {
          switch job {
          case .stop: return
          case .prepare(let specification): computer.prepare(specification)
          case .process(let token, let header, let payload, let sender):
            deliver(computer.process(token, header, payload, sender))
          }
        }
      }
    }
  }

  /// Queues a job.
  func post(_ job: Job) { inbox.post(job) }

  /// Ends the thread after the present job and waits for it.
  func stop() {
    inbox.post(.stop)
    thread.join()
  }
}
