import Logging
import PipelineCore
import ZeroMQ

/// The life of a ventilator or a sink in a cluster: waits for a run, takes part in it, leaves it, and
/// waits for the next; its beats go on all the while.
final class RoleLife {
  let link: RoleLink
  let feed: RosterFeed
  /// Who the node is in the run that it takes part in, or while it waits.
  private(set) var identity: NodeIncarnation
  private let configuration: AgentConfiguration
  private let publisher: BeatPublisher
  private var stop: StopSignal { link.stop }
  private var log: Logger { link.log }
  /// What was told last of a call that failed.
  private var toldFailure: String?

  /// Sockets that a role of a cluster may have: some for each worker.
  static let maximumSockets = 16_384
  /// The longest that leaving waits for what lingers.
  private static let leavingTime = Duration.seconds(3)
  /// What is asked and not known yet is asked again after this long: a plan is made within milliseconds
  /// as a rule. Each time thereafter it is twice as long, up to the time between two beats.
  private static let firstPause = Span.milliseconds(10)

  /// Leads a role's life until it is told to stop.
  ///
  /// - Parameter part: takes part in a run, as ``identity``, until that is over.
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  static func lead(
    _ configuration: AgentConfiguration, _ roles: Roles, stop: StopSignal, log: Logger,
    _ part: (RoleLife, RunID) throws -> Void
  ) throws {
    let context = try Context(
      ioThreads: configuration.ioThreads, maximumSockets: maximumSockets)
    do {
      let life = try RoleLife(configuration, roles, context, stop, log)
      defer { life.publisher.stop(afterLastBeat: true) }
      try life.go(part)
    }
    do {
      try context.terminate(within: leavingTime)
    } catch {
      log.debug("the context has not ended", metadata: ["error": "\(error)"])
    }
  }

  private init(
    _ configuration: AgentConfiguration, _ roles: Roles, _ context: Context, _ stop: StopSignal,
    _ log: Logger
  ) throws {
    let connections = try Connections(
      context, configuration.transport, supervisor: configuration.supervisor)
    let identity = NodeIncarnation(freshOf: configuration.node)
    let source = BeatSource(
      Beat(
        sender: identity, roles: roles, name: configuration.name, host: HostName.current,
        processID: HostName.processID, sequence: 0, interval: configuration.beatInterval,
        joined: false, endpoints: Beat.Endpoints(key: connections.publicKey),
        progress: Beat.Progress(), phase: .working))
    let publisher = try BeatPublisher(connections, sources: [source])
    self.identity = identity
    self.configuration = configuration
    self.publisher = publisher
    feed = try RosterFeed(connections, log: log)
    link = RoleLink(
      connections: connections, beats: source, beatNow: { publisher.beatNow() }, stop: stop,
      log: log)
  }

  private func go(_ part: (RoleLife, RunID) throws -> Void) throws {
    while let run = try awaitRun() {
      begin(run)
      log.notice("takes part in run \(run.text)")
      do {
        try part(self, run)
        try awaitEnd(of: run)
      } catch let error as ZeroMQError {
        // Addresses and descriptors may be had later; the run need not fail for it.
        log.error("cannot take part in run \(run.text) for now", metadata: ["error": "\(error)"])
        leave(run)
        _ = try wait(for: configuration.beatInterval) { _ in false }
        continue
      } catch {
        fail(with: (error as? PlanRejection)?.failure ?? Failure(.operating, "\(error)"))
        try awaitEnd(of: run)
      }
      leave(run)
    }
    // The last beat, which the publisher sends when it is stopped, says so.
    _ = link.beats.update { $0.phase = .left }
  }

  /// Waits for a run to take part in; `nil` when told to stop.
  private func awaitRun() throws -> RunID? {
    if let run = feed.last.flatMap(Self.running) { return stop.isRaised ? nil : run }
    let roster = try wait(for: nil) { roster in
      let isListed = roster.member(self.identity.node)?.node == self.identity
      // After a run nobody waits to be listed before there is another, or none.
      let joined = isListed || roster.run.phase != .idle
      if self.link.beats.update({ $0.joined = joined }) { self.link.beatNow() }
      return Self.running(roster) != nil
    }
    return roster.flatMap(Self.running)
  }

  private static func running(_ roster: Roster) -> RunID? {
    roster.run.phase == .running && roster.run.id != .none ? roster.run.id : nil
  }

  /// Waits until a run is over or somebody wants the node to end.
  private func awaitEnd(of run: RunID) throws {
    if isOver(run) { return }
    _ = try wait(for: nil) { Self.running($0) != run }
  }

  private func isOver(_ run: RunID) -> Bool {
    stop.isRaised || feed.last.map { Self.running($0) != run } ?? false
  }

  /// Follows rosters until one fits, and returns it; `nil` when told to stop or when the time is over.
  private func wait(for time: Span?, until fits: (Roster) -> Bool) throws -> Roster? {
    let deadline = time.map { MonotonicClock.now + $0 }
    var poller = Poller()
    _ = try feed.watch(in: &poller)
    let told = try poller.add(fileDescriptor: stop.descriptor, for: .readable)
    defer { poller.remove(told) }
    while !stop.isRaised {
      while let roster = try feed.next() { if fits(roster) { return roster } }
      try feed.listen()
      if let failure = publisher.stopReason { throw RuntimeError(failure.message) }
      link.connections.reportRefusals(log)
      let left = deadline.map { ($0 - MonotonicClock.now).nanoseconds } ?? .max
      if left <= 0 { return nil }
      _ = try poller.poll(timeout: min(.milliseconds(100), .nanoseconds(left)))
    }
    return nil
  }

  /// Takes part in a run from now on, as a fresh incarnation.
  private func begin(_ run: RunID) {
    identity = NodeIncarnation(freshOf: configuration.node)
    toldFailure = nil
    link.beats.restart(
      as: identity, run: run, endpoints: Beat.Endpoints(key: link.connections.publicKey))
    link.beatNow()
  }

  /// Says that it has left a run, and waits for the next as a fresh incarnation.
  private func leave(_ run: RunID) {
    _ = link.beats.update { $0.phase = .left }
    if stop.isRaised { return }
    publisher.send(link.beats.next(at: MonotonicClock.now))
    begin(.none)
    log.notice("has left run \(run.text)")
  }

  /// Says that it cannot go on, so that the run fails.
  private func fail(with failure: Failure) {
    log.error("cannot go on: \(failure.message)")
    if link.beats.update({ $0.phase = .failed(failure) }) { link.beatNow() }
  }

  /// Asks until there is an answer; `nil` when the run is over before.
  ///
  /// - Parameter what: what is asked, in words for people.
  /// - Throws: ``PlanRejection``, ``ZeroMQError``.
  func ask<Work>(what: String, of run: RunID, _ body: () throws -> Work?) throws -> Work? {
    var pause = Self.firstPause
    while !isOver(run) {
      do {
        if let work = try body() { return work }
      } catch let rejection as PlanRejection {
        throw rejection
      } catch {
        let text = "\(error)"
        if text != toldFailure {
          toldFailure = text
          log.warning("cannot find out \(what) yet; trying again", metadata: ["error": "\(text)"])
        }
      }
      _ = try wait(for: pause) { Self.running($0) != run }
      pause = min(pause * 2, configuration.beatInterval)
    }
    return nil
  }
}

extension RunID {
  /// The run as logs and options tell it.
  var text: String { String(rawValue, radix: 16) }
}
