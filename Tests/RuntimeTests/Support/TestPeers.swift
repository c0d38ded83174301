import Operators
import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

/// A node made by hand that beats and reads the roster.
final class NodePeer {
  var beat: Beat
  private var beats: PublishSocket
  private var rosters: SubscribeSocket

  init(_ context: Context, _ address: SupervisorAddress, _ beat: Beat) throws {
    self.beat = beat
    beats = try PublishSocket(context)
    try beats.connect(to: address.beats)
    rosters = try SubscribeSocket(context)
    try rosters.subscribe()
    try rosters.connect(to: address.roster)
  }

  /// Sends the next beat.
  func sendBeat() throws {
    beat.sequence += 1
    try sendFrames([beat.encoded()])
  }

  /// Sends the next beat, unless the context has been shut down.
  func sendBeatOrGiveUp() throws {
    do { try sendBeat() } catch let error as ZeroMQError where error.code == .contextTerminated {}
  }

  /// Sends anything on the beats channel.
  func sendFrames(_ frames: [[UInt8]]) throws { try sendAll(frames, on: &beats) }

  /// The next roster that fits, or nil if none comes in time.
  func roster(beating: Bool, where fits: (Roster) throws -> Bool) throws -> Roster? {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      if beating { try sendBeat() }
      while let frames = try nextMessage(&rosters, within: .milliseconds(5)) {
        if let roster = try control(frames).roster, try fits(roster) { return roster }
      }
    }
    return nil
  }
}

/// A supervisor, a ventilator and a sink made by hand, for one worker.
final class WorkerHost {
  static let supervisor = NodeIncarnation(1, 10)
  static let ventilator = NodeIncarnation(2, 20)
  static let sink = NodeIncarnation(3, 30)

  let address: SupervisorAddress
  private let context: Context
  private let resultsEndpoint: Endpoint
  private var beats: SubscribeSocket
  private var rosters: PublishSocket
  private var results: PullSocket
  private var lane: PushSocket?
  private var sequence: UInt64 = 0

  init(_ context: Context, _ directory: PrivateDirectory) throws {
    self.context = context
    address = try SupervisorAddress(directory: directory)
    resultsEndpoint = try directory.endpoint("results")
    beats = try SubscribeSocket(context)
    try beats.subscribe()
    try beats.bind(to: address.beats)
    rosters = try PublishSocket(context)
    try rosters.bind(to: address.roster)
    results = try PullSocket(context)
    try results.bind(to: resultsEndpoint)
  }

  /// Publishes a roster with the sink, and the worker of this beat where there is one.
  func publish(_ beat: Beat?, phase: Roster.RunPhase = .running) throws {
    sequence += 1
    var members = [
      Roster.Member(
        node: Self.sink, roles: .sink, name: "sink",
        endpoints: Beat.Endpoints(results: resultsEndpoint.description))
    ]
    if let beat {
      members.append(
        Roster.Member(
          node: beat.sender, roles: beat.roles, name: beat.name, endpoints: beat.endpoints))
    }
    let roster = Roster(
      supervisor: Self.supervisor, sequence: sequence, interval: .milliseconds(250),
      run: Roster.RunState(id: .test, phase: phase, total: nil), members: members)
    try sendAll([roster.encoded()], on: &rosters)
  }

  /// The next beat that fits; meanwhile `step` is done again and again.
  func beat(where fits: (Beat) -> Bool, _ step: () throws -> Void = {}) throws -> Beat {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      try step()
      while let frames = try nextMessage(&beats, within: .milliseconds(5)) {
        if let beat = try control(frames).beat, fits(beat) { return beat }
      }
    }
    throw RuntimeError("no beat of this kind came")
  }

  /// Puts the worker on the roster until it knows, and connects to its lane.
  ///
  /// - Returns: a beat of the incarnation that joined.
  func admit(where fits: (Beat) -> Bool = { _ in true }) throws -> Beat {
    let first = try beat(where: fits)
    let joined = try beat(
      where: { $0.sender == first.sender && $0.joined }, { try publish(first) })
    var lane = try PushSocket(context)
    try lane.connect(to: Endpoint(first.endpoints.lane))
    self.lane = consume lane
    return joined
  }

  /// Sends anything on the worker's lane.
  func send(_ frames: [[UInt8]]) throws {
    guard lane != nil else { throw RuntimeError("no lane is open") }
    try sendAll(frames, on: &lane!)
  }

  func send(_ packet: Packet) throws { try send([packet.frame, packet.payload]) }

  /// The next answers, or nil if none come in time.
  func answers(
    within timeout: Duration = patience
  ) throws -> (sender: NodeIncarnation, answers: [Answer])? {
    guard let frames = try nextMessage(&results, within: timeout) else { return nil }
    #expect(frames.count == 2)
    return try Answer.all(in: Packet(frame: frames[0], payload: frames[1]))
  }
}

/// A worker on a thread of its own.
final class WorkerThread: Sendable {
  /// Why it left; an error counts as well.
  let end = Shared<Result<Worker.LeaveReason, any Error>?>(nil)
  private let thread: EngineThread
  private let isJoined = Shared(false)

  init(
    _ directory: PrivateDirectory, node: UInt64 = 4, registry: OperatorRegistry,
    beatInterval: Span = .milliseconds(20), patience: Span = .seconds(60), parent: Int32 = 0
  ) throws {
    let configuration = WorkerConfiguration(
      node: NodeID(rawValue: node), name: "worker-\(node - 3)",
      supervisor: try SupervisorAddress(directory: directory), directory: directory,
      beatInterval: beatInterval, patience: patience, parent: parent)
    let end = end
    thread = try EngineThread(name: "worker") {
      do {
        let reason = try WorkerEngine.run(configuration, registry: registry, log: silentLog)
        end.update { $0 = .success(reason) }
      } catch {
        end.update { $0 = .failure(error) }
      }
    }
  }

  /// Waits until the worker has left, and says why it did.
  func join() throws -> Worker.LeaveReason? {
    guard end.waits(until: { $0 != nil }) else { return nil }
    isJoined.update { isJoined in
      if !isJoined { thread.join() }
      isJoined = true
    }
    return try end.value?.get()
  }
}

extension Beat {
  /// A node's first beat.
  init(
    _ sender: NodeIncarnation, _ roles: Roles, name: String,
    interval: Span = .milliseconds(100), endpoints: Endpoints = Endpoints()
  ) {
    self.init(
      sender: sender, roles: roles, name: name, host: "here", processID: 1, sequence: 0,
      interval: interval, joined: false, endpoints: endpoints, progress: Progress(),
      phase: .working, run: .test)
  }
}

extension ControlMessage {
  var beat: Beat? { if case .beat(let beat) = self { beat } else { nil } }
  var roster: Roster? { if case .roster(let roster) = self { roster } else { nil } }
}

/// Reads a control message.
func control(_ frames: [[UInt8]]) throws -> ControlMessage {
  try frames[0].withUnsafeBytes { try ControlMessage(frame: $0) }
}

/// Sends a message of any number of frames.
func sendAll<Pattern: SendingPattern>(
  _ frames: [[UInt8]], on socket: inout Socket<Pattern>
) throws {
  var message = Multipart(maximumFrames: frames.count)
  for frame in frames { message.append(Message(copying: frame)) }
  #expect(try socket.send(&message) == .sent)
}

/// Receives the next message, or nil if none comes in time.
func nextMessage<Pattern: ReceivingPattern>(
  _ socket: inout Socket<Pattern>, within timeout: Duration = patience
) throws -> [[UInt8]]? {
  var poller = Poller()
  _ = try poller.add(socket, for: .readable)
  guard try poller.poll(timeout: timeout) == 1 else { return nil }
  var message = Multipart(maximumFrames: 8)
  guard try socket.receive(into: &message) else { return nil }
  return (0..<message.count).map { index in
    message.withUnsafeBytes(ofFrame: index) { Array($0) }
  }
}

/// Messages that no peer of ours would send: random frames, a valid message of another version,
/// cut off, with a bit turned, or with a frame too many.
func hostileMessages(_ seed: UInt64, valid: [[UInt8]]) -> [[[UInt8]]] {
  var random = Seeded(seed)
  var messages: [[[UInt8]]] = (0..<20).map { _ in
    (0..<Int.random(in: 1...5, using: &random)).map { _ in random.bytes(atMost: 200) }
  }
  var version = valid
  version[0][0] &+= 1
  messages.append(version)
  for _ in 0..<20 {
    var damaged = valid
    let frame = Int.random(in: 0..<damaged.count, using: &random)
    if damaged[frame].isEmpty { continue }
    let position = Int.random(in: 0..<damaged[frame].count, using: &random)
    damaged[frame].removeSubrange(position...)
    messages.append(damaged)
  }
  messages.append(valid + [[]])
  messages.append([[]] + valid)
  messages.append([[]])
  messages.append([[], []])
  return messages.shuffled(using: &random)
}
