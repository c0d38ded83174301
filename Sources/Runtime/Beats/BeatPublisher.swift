import PipelineCore
import Wire
import ZeroMQ

/// The thread that sends the beats of this process's nodes, on a socket of its own, so that bulk
/// data and long computations never delay them.
final class BeatPublisher: Sendable {
  private enum Command: Sendable {
    case beatNow
    case stop
  }

  private let inbox: Inbox<Command>
  private let thread: EngineThread
  private let failure: FailureBox

  /// Starts beating.
  ///
  /// - Parameters:
  ///   - endpoint: where the supervisor listens for beats.
  ///   - sources: one for each node in this process.
  /// - Throws: ``RuntimeError``.
  init(
    context: Context, endpoint: Endpoint, options: SocketOptions, sources: [BeatSource]
  ) throws(RuntimeError) {
    let inbox = try Inbox<Command>()
    let failure = FailureBox()
    self.inbox = inbox
    self.failure = failure
    thread = try EngineThread(name: "beats") {
      do {
        try Self.run(
          context: context, endpoint: endpoint, options: options, sources: sources, inbox: inbox)
      } catch {
        failure.set(Failure(.operating, "beats stopped: \(error)"))
      }
    }
  }

  /// Why beating stopped, if it did.
  var stopReason: Failure? { failure.value }

  /// Sends a beat at once: something changed that others wait for.
  func beatNow() { inbox.post(.beatNow) }

  /// Ends the thread and waits for it.
  func stop() {
    inbox.post(.stop)
    thread.join()
  }

  /// The time between beats of a node that has not seen itself in the roster: the subscription may
  /// not be through yet, and what PUB sends before that is lost.
  private static let joiningInterval = Duration.milliseconds(4)

  private static func run(
    context: Context, endpoint: Endpoint, options: SocketOptions, sources: [BeatSource],
    inbox: Inbox<Command>
  ) throws {
    var socket = try PublishSocket(context, options: options)
    try socket.connect(to: endpoint)
    var poller = Poller()
    let wake = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    defer { poller.remove(wake) }
    var joiningBeats = 0
    while true {
      var wait = Duration.seconds(1)
      for source in sources {
        let beat = source.next(at: MonotonicClock.now)
        wait = min(wait, .nanoseconds(beat.interval.nanoseconds))
        if !beat.joined {
          joiningBeats += 1
          // Quick at first, then slower by and by: a supervisor that is away for long is not
          // served by a flood.
          wait = min(wait, joiningInterval * (1 + joiningBeats / 64))
        }
        // A PUB socket never blocks: what nobody takes is dropped, and the next beat says it again.
        _ = try socket.send(Message(copying: ControlMessage.beat(beat).encoded()))
      }
      _ = try poller.poll(timeout: wait)
      for command in inbox.drain() {
        if case .stop = command { return }
      }
    }
  }
}
