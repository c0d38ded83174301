import PipelineCore
import Wire
import ZeroMQ

/// The thread that sends the beats of this process's nodes, on a socket of its own, so that bulk
/// data and long computations never delay them.
final class BeatPublisher: Sendable {
  private enum Command: Sendable {
    case beatNow
    case send(Beat)
    case stop(afterLastBeat: Bool)
  }

  private let inbox: Inbox<Command>
  private let thread: EngineThread
  private let failure: FailureBox

  /// Starts beating.
  ///
  /// - Parameters:
  ///   - connections: lead to the supervisor.
  ///   - sources: one for each node in this process.
  /// - Throws: ``RuntimeError``.
  init(_ connections: Connections, sources: [BeatSource]) throws(RuntimeError) {
    let inbox = try Inbox<Command>()
    let failure = FailureBox()
    self.inbox = inbox
    self.failure = failure
    thread = try EngineThread(name: "beats") {
      do {
        try Self.run(connections, sources, inbox)
      } catch {
        failure.set(Failure(.operating, "beats stopped: \(error)"))
      }
    }
  }

  /// Why beating stopped, if it did.
  var stopReason: Failure? { failure.value }

  /// Sends a beat at once: something changed that others wait for.
  func beatNow() { inbox.post(.beatNow) }

  /// Sends this beat once, as the last of an incarnation whose source goes on as another.
  func send(_ beat: Beat) { inbox.post(.send(beat)) }

  /// Ends the thread and waits for it.
  ///
  /// - Parameter afterLastBeat: whether a last beat is sent before: it tells that a node leaves.
  func stop(afterLastBeat: Bool = false) {
    inbox.post(.stop(afterLastBeat: afterLastBeat))
    thread.join()
  }

  /// The time between beats of a node that has not seen itself in the roster: the subscription may
  /// not be through yet, and what PUB sends before that is lost.
  private static let joiningInterval = Span.milliseconds(4)
  /// The same beyond this host, where the answer to a beat takes longer.
  private static let remoteJoiningInterval = Span.milliseconds(20)

  /// A node beats once in this time at least, whatever its interval.
  private static let longestInterval = Span.seconds(1)

  /// When a node beats next: the nodes of a host do so at the same moments, as their clock is the same, so
  /// that a supervisor of very many takes their beats in together. Those of other hosts have other moments.
  static func nextBeat(after now: Instant, interval: Span) -> Instant {
    let step = max(min(interval, longestInterval).nanoseconds, 1)
    return Instant(nanoseconds: (now.nanoseconds / step + 1) * step)
  }

  private static func run(
    _ connections: Connections, _ sources: [BeatSource], _ inbox: Inbox<Command>
  ) throws {
    var socket = try PublishSocket(
      connections.context, options: connections.supervisorOptions(RuntimeLimits.controlSocket))
    try socket.connect(to: connections.supervisor.beats)
    var poller = Poller()
    let wake = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    defer { poller.remove(wake) }
    let joiningInterval =
      connections.transport.isLocal ? joiningInterval : remoteJoiningInterval
    var joiningBeats = 0
    while true {
      var due = MonotonicClock.now + longestInterval
      var haveJoined = true
      for source in sources {
        let now = MonotonicClock.now
        let beat = source.next(at: now)
        try send(beat, on: &socket)
        due = min(due, nextBeat(after: now, interval: beat.interval))
        if !beat.joined {
          haveJoined = false
          joiningBeats += 1
          // Quick at first, then slower by and by: a supervisor that is away for long is not
          // served by a flood.
          due = min(due, now + joiningInterval * Int64(1 + joiningBeats / 64))
        }
      }
      if haveJoined { joiningBeats = 0 }
      // To the millisecond, which is how long a poll takes, and then to the moment.
      let wait = max((due - MonotonicClock.now).nanoseconds / 1_000_000, 0)
      if try poller.poll(timeout: .milliseconds(wait)) == 0 { MonotonicClock.sleep(until: due) }
      for command in inbox.drain() {
        switch command {
        case .beatNow: break
        case .send(let beat): try send(beat, on: &socket)
        case .stop(let afterLastBeat):
          guard afterLastBeat else { return }
          for source in sources { try send(source.next(at: MonotonicClock.now), on: &socket) }
          return
        }
      }
    }
  }

  /// A PUB socket never blocks: what nobody takes is dropped, and the next beat says it again.
  private static func send(
    _ beat: Beat, on socket: inout PublishSocket
  ) throws(ZeroMQError) {
    _ = try socket.send(Message(copying: ControlMessage.beat(beat).encoded()))
  }
}
