package import PipelineCore

extension Roster {
  /// The roster's frame on the roster channel. Names above the limit of texts are cut.
  package func encoded() -> [UInt8] {
    var writer = RosterWriter()
    return writer.frame(self)
  }

  func encodedWithoutMembers() -> [UInt8] {
    var proto = ProtoRoster()
    proto.supervisor = ProtoNodeIncarnation(supervisor)
    proto.sequence = sequence
    proto.intervalNanoseconds = UInt64(clamping: interval.nanoseconds)
    proto.run = ProtoRoster.Run(run)
    return Protobuf.encode(proto, prefix: ControlKind.roster.prefix)
  }

  /// Reads what follows the prefix.
  init(wire bytes: UnsafeRawBufferPointer) throws(WireError) {
    let check = FieldCheck(message: "roster")
    let proto: ProtoRoster = try Protobuf.decode(
      bytes, limit: WireLimits.roster,
      repeated: [.init(field: 5, limit: WireLimits.members, name: "members")],
      name: check.message)
    self.init(
      supervisor: try check.node(proto.supervisor, "the supervisor"),
      sequence: try check.sequence(proto.sequence),
      interval: try check.interval(proto.intervalNanoseconds),
      run: try RunState(proto.run, check),
      members: try proto.members.map { member throws(WireError) in try Member(member, check) })
    for (one, next) in zip(members, members.dropFirst()) where one.node.node >= next.node.node {
      throw check.fail(
        "member \(next.node.node.rawValue) stands after \(one.node.node.rawValue); "
          + "members are in ascending order of id, each once")
    }
  }
}

extension Roster.RunState {
  fileprivate init(_ proto: ProtoRoster.Run, _ check: FieldCheck) throws(WireError) {
    let raw = proto.phase.rawValue
    guard let phase = UInt8(exactly: raw).flatMap(Roster.RunPhase.init(rawValue:)) else {
      throw check.fail("unknown phase \(raw) of the run")
    }
    let quarantined = proto.quarantined
    guard quarantined.count <= Beat.maximumQuarantined else {
      throw check.fail(
        "\(quarantined.count) partitions in quarantine; "
          + "at most \(Beat.maximumQuarantined) are allowed")
    }
    try check.ascending(quarantined, "partitions in quarantine")
    self.init(
      id: RunID(rawValue: proto.id), phase: phase, total: proto.hasTotal ? proto.total : nil,
      quarantined: quarantined)
  }
}

extension Roster.Member {
  fileprivate init(_ proto: ProtoRoster.Member, _ check: FieldCheck) throws(WireError) {
    self.init(
      node: try check.node(proto.node, "a member"), roles: try check.roles(proto.roles),
      name: try check.text(proto.name, "a member's name", required: true),
      endpoints: try check.endpoints(proto.endpoints), held: proto.held)
    isDraining = proto.draining
    seesFiles = proto.seesFiles
  }
}

extension Roster.Member {
  /// Appends this member as a field of a roster.
  func append(to bytes: inout [UInt8]) {
    var proto = ProtoRoster()
    proto.members = [ProtoRoster.Member(self)]
    bytes.append(contentsOf: Protobuf.encode(proto))
  }
}

extension ProtoRoster.Run {
  fileprivate init(_ value: Roster.RunState) {
    self.init()
    id = value.id.rawValue
    phase =
      switch value.phase {
      case .running: .running
      case .finished: .finished
      case .abandoned: .abandoned
      case .idle: .idle
      }
    if let count = value.total { total = count }
    quarantined = Array(value.quarantined.prefix(Beat.maximumQuarantined))
  }
}

extension ProtoRoster.Member {
  fileprivate init(_ value: Roster.Member) {
    self.init()
    node = ProtoNodeIncarnation(value.node)
    roles = UInt32(value.roles.rawValue)
    name = value.name.prefix(utf8Limit: WireLimits.string)
    endpoints = ProtoEndpoints(value.endpoints)
    held = value.held
    draining = value.isDraining
    seesFiles = value.seesFiles
  }
}
