import DequeModule
import PipelineCore

extension World {
  /// A new address that nobody has bound.
  func makeAddress(_ channel: Channel) -> Int {
    addresses.append(Address(channel: channel))
    return addresses.count - 1
  }

  /// Binds a socket of a process, where ports are fixed at the same address as the process before it
  /// if that is free.
  func bind(_ channel: Channel, by process: SimulatedProcess) -> Int {
    var free: Int?
    if plan.hasFixedPorts, let place = stations.firstIndex(where: { $0.station == process.station })
    {
      let known = stations[place].ports.first { $0.channel == channel }
      if let known {
        if addresses[known.address].binder == nil { free = known.address }
      } else {
        let address = makeAddress(channel)
        stations[place].ports.append(Port(channel: channel, address: address))
        free = address
      }
    }
    let address = free ?? makeAddress(channel)
    bind(address, by: process)
    return address
  }

  /// Binds a socket of a process; whoever waits for the address connects soon.
  func bind(_ address: Int, by process: SimulatedProcess) {
    precondition(addresses[address].binder == nil, "an address is bound twice")
    addresses[address].binder = process
    process.bound.append(address)
    for pipe in addresses[address].pipes { scheduleConnection(pipe, within: 20_000_000) }
  }

  /// Closes a bound socket: what was in it or on the way to it is lost.
  func unbind(_ address: Int, by process: SimulatedProcess) {
    guard addresses[address].binder === process else { return }
    addresses[address].binder = nil
    process.bound.removeAll { $0 == address }
    for pipe in addresses[address].pipes where pipe.isConnected { disconnect(pipe) }
  }

  /// Opens a pipe to an address.
  func connect(
    _ kind: Pipe.Kind, from process: SimulatedProcess, to address: Int, highWaterMark: Int
  ) -> Pipe {
    open(
      Pipe(
        kind, addresses[address].channel, from: process, to: address, highWaterMark: highWaterMark))
  }

  /// Subscribes to the rosters of a process's supervisor.
  func subscribe(_ process: SimulatedProcess, as channel: Channel) {
    _ = open(
      Pipe(
        .publish, channel, from: process, to: process.supervisorAddresses.roster,
        goesToConnector: true, highWaterMark: plan.controlMark))
  }

  private func open(_ pipe: Pipe) -> Pipe {
    let (process, address) = (pipe.connector, pipe.address)
    addresses[address].pipes.append(pipe)
    process.pipes.append(pipe)
    if addresses[address].binder != nil { scheduleConnection(pipe, within: 500_000) }
    return pipe
  }

  private func scheduleConnection(_ pipe: Pipe, within longest: Int64) {
    queue.insert(.connect(pipe, epoch: pipe.epoch), at: now + generator.span(20_000...longest))
  }

  /// The moment at which a connection could be made.
  func finishConnection(_ pipe: Pipe, epoch: UInt32) throws(Violation) {
    guard pipe.epoch == epoch, !pipe.isClosed, !pipe.isConnected,
      let binder = addresses[pipe.address].binder
    else { return }
    if let end = links.cutEnd(pipe.connector.host, binder.host, at: now) {
      queue.insert(.connect(pipe, epoch: epoch), at: end + generator.span(1_000_000...50_000_000))
      return
    }
    if pipe.connector.isStopped || binder.isStopped {
      queue.insert(.connect(pipe, epoch: epoch), at: now + 50_000_000)
      return
    }
    pipe.peer = binder
    pipe.isConnected = true
    while let message = pipe.waiting.popFirst() { dispatch(message, into: pipe) }
    if pipe.channel == .lane { try pipe.connector.ventilator?.noteConnected(pipe, in: self) }
  }

  /// Ends a connection; it is made again when the address is bound and can be reached.
  ///
  /// What was on the way is lost, or arrives as far as it had come: chance decides.
  func disconnect(_ pipe: Pipe) {
    pipe.formerReceiver = pipe.receiver
    let isRemote = pipe.peer.map { $0.host != pipe.connector.host } ?? false
    pipe.isConnected = false
    pipe.peer = nil
    pipe.epoch += 1
    switch generator.pick(0...3) {
    case 0:
      pipe.lateUntil = .max
      // Between hosts some of it may still be on its way when the next connection stands.
      pipe.lateness = isRemote ? generator.span(0...3_000_000_000) : 0
      calmSince = max(calmSince, now + pipe.lateness)
    case 1:
      pipe.lateUntil = now + generator.span(0...2_000_000)
      pipe.lateness = 0
    default: pipe.lateUntil = .min
    }
    pipe.outstanding = 0
    // A subscriber cannot hear late of a publisher that it never heard of in time.
    if pipe.goesToConnector, !pipe.hasDelivered { pipe.lateUntil = .min }
    pipe.hasDelivered = false
  }

  /// Closes a pipe from the side that connected; nothing can be sent any more.
  func close(_ pipe: Pipe) {
    if pipe.isClosed { return }
    pipe.isClosed = true
    disconnect(pipe)
    pipe.waiting.removeAll()
    addresses[pipe.address].pipes.removeAll { $0 === pipe }
    pipe.connector.pipes.removeAll { $0 === pipe }
  }

  /// Resets a connection while both ends live.
  func reset(_ pipe: Pipe) {
    tell(
      "a connection is reset", node: pipe.connector.identities.first,
      number: UInt64(pipe.channel.rawValue))
    disconnect(pipe)
    scheduleConnection(pipe, within: 100_000_000)
  }

  /// Sends a message.
  ///
  /// - Returns: false when a PUSH socket would have to wait.
  @discardableResult
  func send(_ message: Message, into pipe: Pipe) -> Bool {
    precondition(!pipe.isClosed, "something is sent into a closed pipe")
    if pipe.outstanding + pipe.waiting.count >= pipe.highWaterMark { return pipe.kind == .publish }
    if pipe.isConnected {
      dispatch(message, into: pipe)
    } else if pipe.kind == .push {
      pipe.waiting.append(message)
    }
    return true
  }

  private func dispatch(_ message: Message, into pipe: Pipe) {
    guard let peer = pipe.peer else { preconditionFailure("a connected pipe has a peer") }
    let (from, to) =
      pipe.goesToConnector ? (peer.host, pipe.connector.host) : (pipe.connector.host, peer.host)
    var arrival = now + links.latency(from: from, to: to, at: now, &generator)
    if let end = links.cutEnd(from, to, at: now) { arrival = max(arrival, end + 1_000_000) }
    arrival = max(arrival, pipe.lastArrival + 1)
    pipe.lastArrival = arrival
    pipe.outstanding += 1
    queue.insert(.arrive(pipe, epoch: pipe.epoch, message, isLate: false), at: arrival)
    let sender = pipe.goesToConnector ? peer : pipe.connector
    if sender.diesAtNextMessage {
      sender.diesAtNextMessage = false
      queue.insert(.crash(sender), at: now + generator.span(0...max(1, arrival - now)))
    }
    if pipe.breaksAtNext {
      pipe.breaksAtNext = false
      queue.insert(
        .reset(pipe, epoch: pipe.epoch), at: now + generator.span(0...max(1, arrival - now)))
    }
  }

  /// A message comes to the end of its pipe.
  func arrive(
    _ message: Message, from pipe: Pipe, epoch: UInt32, isLate: Bool
  ) throws(Violation) {
    let receiver: SimulatedProcess?
    if epoch == pipe.epoch {
      receiver = pipe.receiver
    } else if epoch + 1 == pipe.epoch, now <= pipe.lateUntil {
      if pipe.lateness > 0, !isLate {
        let late = Happening.arrive(pipe, epoch: epoch, message, isLate: true)
        queue.insert(late, at: now + pipe.lateness)
        return
      }
      receiver = pipe.formerReceiver
    } else {
      return
    }
    guard let receiver, receiver.isAlive,
      pipe.goesToConnector ? !pipe.isClosed : addresses[pipe.address].binder === receiver
    else { return }
    if receiver.isStopped {
      receiver.mailbox.append(SimulatedProcess.Mail(pipe: pipe, epoch: epoch, message: message))
    } else {
      if epoch == pipe.epoch {
        pipe.outstanding -= 1
        pipe.hasDelivered = true
      }
      try receiver.receive(message, on: pipe.channel, in: self)
    }
  }
}
