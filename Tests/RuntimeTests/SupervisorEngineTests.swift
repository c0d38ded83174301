import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

@Suite struct SupervisorEngineTests {
  /// A supervisor that runs, and what it told.
  private final class Running {
    let engine: SupervisorEngine
    let address: SupervisorAddress
    let events = Shared<[RunEvent]>([])
    let outcome = Shared<Supervisor.Outcome?>(nil)
    let killed = Shared<[NodeID]>([])

    init(
      _ context: Context, _ directory: PrivateDirectory, patience: Span = .seconds(60),
      timeout: Span? = nil
    ) throws {
      address = try SupervisorAddress(directory: directory)
      let (events, outcome, killed) = (events, outcome, killed)
      engine = try SupervisorEngine(
        SupervisorEngine.Setup(
          run: .test,
          configuration: Supervisor.Configuration(
            interval: .milliseconds(20), missed: 3, patience: patience, timeout: timeout)),
        connections: Connections(context, .local(directory), supervisor: address),
        observer: SupervisorEngine.Observer(
          event: { event in events.update { $0.append(event) } }, progress: { _ in },
          ended: { ended in outcome.update { $0 = ended } }, startChild: { _, _ in },
          killChild: { node in killed.update { $0.append(node) } }),
        log: silentLog)
    }

    var losses: [RunEvent.Loss] {
      events.value.compactMap { if case .lost(let loss) = $0 { loss } else { nil } }
    }
  }

  private func withSupervisor(_ body: (Context, Running) throws -> Void) throws {
    try withContext { context, directory in
      let running = try Running(context, directory)
      defer { running.engine.stop() }
      try body(context, running)
    }
  }

  @Test func whoBeatsIsOnTheRosterAndWhoFallsSilentIsNot() throws {
    try withSupervisor { context, running in
      let worker = NodeIncarnation(4, 40)
      let endpoints = Beat.Endpoints(lane: "inproc://lane")
      let peer = try NodePeer(
        context, running.address, Beat(worker, .worker, name: "worker-1", endpoints: endpoints))
      let joined = try peer.roster(beating: true) { $0.member(worker.node) != nil }
      #expect(joined?.supervisor.node == .supervisor)
      #expect(joined?.run == Roster.RunState(id: .test, phase: .running, total: nil))
      #expect(
        joined?.members.filter { $0.roles != .supervisor } == [
          Roster.Member(node: worker, roles: .worker, name: "worker-1", endpoints: endpoints)
        ])
      #expect(joined?.member(.supervisor)?.node == joined?.supervisor)
      let event = RunEvent.joined(worker, name: "worker-1", roles: .worker)
      #expect(running.events.waits { $0.contains(event) })

      try peer.sendBeat()
      let last = ContinuousClock.now
      let gone = try peer.roster(beating: false) { $0.member(worker.node) == nil }
      #expect(gone != nil)
      // Three beats of 100 ms each must have been missed, not fewer.
      #expect(ContinuousClock.now - last > .milliseconds(300))
      #expect(running.losses.map(\.cause) == [.missedBeats(3)])
      #expect(running.losses.map(\.name) == ["worker-1"])

      // This incarnation is void for good; a new one is welcome.
      peer.beat.sender.incarnation.rawValue = 41
      peer.beat.sequence = 0
      let back = try peer.roster(beating: true) { $0.member(worker.node) != nil }
      #expect(back?.member(worker.node)?.node == NodeIncarnation(4, 41))
    }
  }

  @Test func anEvictedWorkersPartitionsAreOrderedBack() throws {
    try withContext { context, directory in
      let running = try Running(context, directory)
      defer { running.engine.stop() }
      var orders = try PullSocket(context)
      try orders.bind(to: directory.endpoint("orders"))
      let ventilator = try NodePeer(
        context, running.address,
        Beat(
          NodeIncarnation(2, 20), .ventilator, name: "ventilator", interval: .seconds(60),
          endpoints: Beat.Endpoints(orders: directory.endpoint("orders").description)))
      let worker = try NodePeer(
        context, running.address, Beat(NodeIncarnation(4, 40), .worker, name: "worker-1"))
      _ = try ventilator.roster(beating: true) { $0.member(.ventilator) != nil }
      running.engine.childStarted(NodeID(rawValue: 4), name: "worker-1")
      let roster = try worker.roster(beating: true) { $0.members.count == 3 }
      let cause = ExitCause(status: .signal(9), lastLines: ["last words"])
      running.engine.childExited(NodeID(rawValue: 4), cause)
      guard let frames = try nextMessage(&orders) else {
        Issue.record("no order came")
        return
      }
      #expect(
        try control(frames)
          == .order(
            OrderMessage(
              run: .test, supervisor: try #require(roster?.supervisor),
              order: .evict(NodeIncarnation(4, 40)))))
      #expect(running.losses.map(\.cause) == [.exited(cause)])
      // It was the only child there was: the run ends and says why.
      #expect(running.outcome.waits { $0 != nil })
      guard case .failed(let failure) = running.outcome.value else {
        Issue.record("\(String(describing: running.outcome.value))")
        return
      }
      #expect(failure.message.contains("SIGKILL"))
      #expect(failure.message.contains("last words"))
    }
  }

  /// A ventilator with an orders socket, made by hand.
  private func ventilator(
    _ incarnation: UInt64, _ context: Context, _ directory: PrivateDirectory, _ running: Running
  ) throws -> NodePeer {
    let peer = try NodePeer(
      context, running.address,
      Beat(
        NodeIncarnation(2, incarnation), .ventilator, name: "ventilator", interval: .seconds(60),
        endpoints: Beat.Endpoints(orders: directory.endpoint("orders").description)))
    let isListed = try peer.roster(beating: true) { roster in
      roster.member(peer.beat.sender.node)?.node == peer.beat.sender
    }
    #expect(isListed != nil)
    return peer
  }

  /// The next order, or nil if none comes.
  private func nextOrder(_ orders: inout PullSocket) throws -> Order? {
    guard let frames = try nextMessage(&orders) else { return nil }
    guard case .order(let message) = try control(frames) else { return nil }
    return message.order
  }

  @Test func aWorkerThatIsStuckIsKilledAndItsPartitionNamed() throws {
    try withContext { context, directory in
      let running = try Running(context, directory, timeout: .seconds(5))
      defer { running.engine.stop() }
      var orders = try PullSocket(context)
      try orders.bind(to: directory.endpoint("orders"))
      _ = try ventilator(20, context, directory, running)
      let node = NodeIncarnation(4, 40)
      running.engine.childStarted(node.node, name: "worker-1")
      let worker = try NodePeer(context, running.address, Beat(node, .worker, name: "worker-1"))
      let partition = PartitionID(stage: 0, index: 17)
      worker.beat.underWay = Beat.UnderWay(partition: partition, elapsed: .seconds(5))
      #expect(try worker.roster(beating: true) { $0.member(node.node) != nil } != nil)
      #expect(running.killed.value == [])
      worker.beat.underWay = Beat.UnderWay(partition: partition, elapsed: .seconds(6))
      try worker.sendBeat()
      #expect(running.killed.waits { $0 == [node.node] })
      #expect(try nextOrder(&orders) == .evict(node, suspect: Suspect(partition, isOverTime: true)))
      #expect(running.losses.map(\.cause) == [.stuck(partition, .seconds(6))])
    }
  }

  @Test func ordersGoToTheVentilatorThatIsThereNow() throws {
    try withContext { context, directory in
      let running = try Running(context, directory)
      defer { running.engine.stop() }
      var orders = try PullSocket(context)
      try orders.bind(to: directory.endpoint("orders"))
      // Three starts of one node: whatever listens there is told once.
      var peers: [NodePeer] = []
      for incarnation in 20..<23 as Range<UInt64> {
        peers.append(try ventilator(incarnation, context, directory, running))
      }
      let workers = [NodeIncarnation(4, 40), NodeIncarnation(5, 50), NodeIncarnation(6, 60)]
      for worker in workers {
        running.engine.childStarted(worker.node, name: "worker")
        let peer = try NodePeer(context, running.address, Beat(worker, .worker, name: "worker"))
        _ = try peer.roster(beating: true) { $0.member(worker.node) != nil }
      }
      for worker in workers.prefix(2) {
        running.engine.childExited(worker.node, ExitCause(status: .signal(9), lastLines: []))
        #expect(try nextOrder(&orders) == .evict(worker))
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func whatNoPeerWouldSendDoesNoHarm(seed: UInt64) throws {
    try withSupervisor { context, running in
      let stranger = NodeIncarnation(99, 9)
      let noise = try NodePeer(
        context, running.address, Beat(stranger, .worker, name: "stranger"))
      // Its beats come through from here on.
      #expect(try noise.roster(beating: true) { $0.member(stranger.node) != nil } != nil)
      var receipts = try PushSocket(context)
      try receipts.connect(to: running.address.receipts)
      let roster = Roster(
        supervisor: stranger, sequence: 1, interval: .seconds(1),
        run: Roster.RunState(id: .test, phase: .abandoned, total: nil), members: [])
      let packet = Packet.result("a result", index: 0, from: stranger)
      for message in hostileMessages(seed, valid: [noise.beat.encoded()]) + [[roster.encoded()]] {
        try noise.sendFrames(message)
      }
      for message in hostileMessages(seed, valid: [packet.frame, packet.payload]) {
        try sendAll(message, on: &receipts)
      }
      try sendAll([packet.frame, packet.payload], on: &receipts)
      let worker = try NodePeer(
        context, running.address, Beat(NodeIncarnation(4, 40), .worker, name: "worker-1"))
      let joined = try worker.roster(beating: true) { $0.member(NodeID(rawValue: 4)) != nil }
      #expect(joined?.run.phase == .running)
      #expect(running.outcome.value == nil)
    }
  }

  /// Others connect to what the roster says; one beat must not end the run for all.
  @Test(arguments: ["carrier pigeon", "ipc://relative", "tcp://:x", "inproc://"])
  func anAddressThatMakesNoSenseIsNotHandedOn(address: String) throws {
    try withSupervisor { context, running in
      let node = NodeIncarnation(4, 40)
      let peer = try NodePeer(
        context, running.address, Beat(node, [.ventilator, .worker, .sink], name: "odd"))
      _ = try peer.roster(beating: true) { $0.member(node.node) != nil }
      peer.beat.endpoints = Beat.Endpoints(
        lane: address, results: address, receipts: address, orders: address)
      try peer.sendBeat()
      // Beats of one node come in order: when this one counts, the other was looked at.
      peer.beat.endpoints = Beat.Endpoints(lane: "inproc://lane")
      let roster = try peer.roster(beating: true) { roster in
        #expect(roster.member(node.node)?.endpoints.orders == "")
        return roster.member(node.node)?.endpoints.lane == "inproc://lane"
      }
      #expect(roster?.run.phase == .running)
      #expect(running.outcome.value == nil)
    }
  }

  @Test func aSecondSupervisorAtOneAddressIsRefused() throws {
    try withContext { context, directory in
      let first = try Running(context, directory)
      defer { first.engine.stop() }
      let error = #expect(throws: ZeroMQError.self) { _ = try Running(context, directory) }
      #expect(error?.code == .addressInUse)
      #expect(error?.description.contains(directory.path) == true)
    }
  }

  @Test func workThatNobodyDoesIsReportedAndFailsAfterPatience() throws {
    try withContext { context, directory in
      let running = try Running(context, directory, patience: .milliseconds(200))
      defer { running.engine.stop() }
      #expect(running.outcome.waits { $0 != nil })
      guard case .failed(let failure) = running.outcome.value else {
        Issue.record("\(String(describing: running.outcome.value))")
        return
      }
      #expect(failure.message.contains("no worker"))
      #expect(failure.message.contains("patience"))
      #expect(running.events.value.contains { if case .waiting = $0 { true } else { false } })
    }
  }
}
