import PipelineCore

extension World {
  private var workers: [SimulatedProcess] { processes.filter { $0.worker != nil } }
  private var roles: [SimulatedProcess] { processes.filter { $0.worker == nil } }

  /// Brings a fault about, if there is anybody that it can meet.
  func cause(_ fault: Fault) throws(Violation) {
    guard outcome == nil else { return }
    switch fault {
    case .killWorker:
      if let process = generator.choose(workers) { crash(process) }
    case .killRole:
      if let process = generator.choose(roles) { crash(process) }
    case .stopWorker(let length):
      if let process = generator.choose(workers) { stop(process, for: length) }
    case .stopRole(let length):
      if let process = generator.choose(roles) { stop(process, for: length) }
    case .drainWorker:
      if let process = generator.choose(workers) { queue.insert(.timer(process, .drain), at: now) }
    case .strangerComes: try inviteStranger()
    case .duplicateWorker: try duplicateWorker()
    case .replaceVentilator(let length): try replaceVentilator(length)
    case .cutHosts(let length, let resets): cutHosts(for: length, resets: resets)
    case .resetConnection: resetConnection()
    case .slowNetwork(let length, let times):
      tell("the network is slow", number: UInt64(times))
      statistics.networkFaults += 1
      links.slowness = times
      links.slowUntil = now + length
      calmSince = max(calmSince, now + length)
    case .losePower(let length): losePower(for: length)
    case .fillDisk(let length, let bytes):
      tell("the disk is nearly full", number: UInt64(bytes))
      diskFaults += 1
      disk.limitSpace(to: bytes)
      queue.insert(.room, at: now + length)
    case .failAppend:
      tell("the next write fails")
      diskFaults += 1
      disk.failNextAppend(after: generator.pick(0...100))
    case .failFlush:
      // What a failed flush loses was durable if nobody promised that it survives loss of power.
      guard plan.durability == .machine else { return }
      tell("the next flush fails")
      diskFaults += 1
      disk.failNextFlush()
    }
  }

  /// Kills a process now, or when something of it is on its way.
  private func crash(_ process: SimulatedProcess) {
    if generator.once(in: 2) {
      process.diesAtNextMessage = true
    } else {
      queue.insert(.crash(process), at: now)
    }
  }

  private func duplicateWorker() throws(Violation) {
    guard let process = generator.choose(workers) else { return }
    let double = makeProcess(
      process.station, host: process.host, parent: nil,
      addresses: process.supervisorAddresses)
    tell("its id is taken", node: process.worker?.beat.sender)
    try furnish(double)
  }

  private func inviteStranger() throws(Violation) {
    guard let process = generator.choose(workers) else { return }
    let stranger = makeProcess(
      .worker(Self.firstStranger + generator.pick(0...2)), host: process.host, parent: nil,
      addresses: process.supervisorAddresses)
    stranger.otherRun = plan.otherRun
    tell("a stranger comes", node: process.worker?.beat.sender)
    try furnish(stranger)
  }

  /// Workers of the world's own run have lower numbers.
  private static let firstStranger = 1000

  private func replaceVentilator(_ length: Int64) throws(Violation) {
    guard let place = stations.firstIndex(where: { $0.station == .ventilator }),
      let process = stations[place].process, !process.isStopped
    else { return }
    stop(process, for: length)
    // The environment holds it for dead; it is not, and goes on later.
    stations[place].process = nil
    statistics.resumes += 1
    planStart(place, within: 1_000_000_000)
  }

  private func cutHosts(for length: Int64, resets: Bool) {
    guard case .roles(let hosts) = plan.layout, hosts > 1 else { return }
    let first = generator.pick(0...hosts - 1)
    let second = (first + generator.pick(1...hosts - 1)) % hosts
    tell("hosts are cut off from each other", number: UInt64(length / 1_000_000))
    statistics.networkFaults += 1
    links.cut(first, second, until: now + length)
    calmSince = max(calmSince, now + length)
    guard resets else { return }
    for pipe in pipes(between: first, and: second) { reset(pipe) }
  }

  private func resetConnection() {
    var candidates: [Pipe] = []
    guard case .roles(let hosts) = plan.layout else { return }
    for first in 0..<hosts {
      for second in 0..<first { candidates += pipes(between: first, and: second) }
    }
    // Rosters are what the rest hangs on, and few of many connections carry them.
    let rosters = candidates.filter(\.goesToConnector)
    if generator.once(in: 2), !rosters.isEmpty { candidates = rosters }
    guard let pipe = generator.choose(candidates) else { return }
    statistics.networkFaults += 1
    if generator.once(in: 4) { reset(pipe) } else { pipe.breaksAtNext = true }
  }

  private func pipes(between first: Int, and second: Int) -> [Pipe] {
    addresses.flatMap(\.pipes).filter { pipe in
      guard let peer = pipe.peer, pipe.isConnected else { return false }
      return (pipe.connector.host, peer.host) == (first, second)
        || (pipe.connector.host, peer.host) == (second, first)
    }
  }

  private func losePower(for length: Int64) {
    guard let process = generator.choose(processes) else { return }
    let host = process.host
    tell("a host loses power", number: UInt64(host))
    statistics.powerLosses += 1
    while downUntil.count <= host { downUntil.append(0) }
    downUntil[host] = now + length
    for process in processes.reversed() where process.host == host { end(process, "loses power") }
    let sinkHost = stations.first { $0.station == .sink || $0.station == .coordinator }?.host
    if host == sinkHost { disk.losePower() }
  }

  /// Ends all faults: everybody runs and reaches everybody from now on.
  func heal() throws(Violation) {
    isHealed = true
    healedAt = now
    calmSince = max(calmSince, now)
    tell("all is healed")
    links.heal()
    disk.limitSpace(to: nil)
    for process in processes { try proceed(process, stop: process.stops) }
    guard outcome == nil else { return }
    for place in stations.indices
    where isStartedByEnvironment(place) && stations[place].process == nil {
      planStart(place, within: 100_000_000)
    }
  }
}
