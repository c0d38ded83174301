package import PipelineCore

extension Beat {
  /// The beat's frame on the beats channel. Names and messages above their limits are cut, and so are
  /// all evictions but the last 64 and what is in quarantine beyond the first 100.
  package func encoded() -> [UInt8] {
    var proto = ProtoBeat()
    proto.sender = ProtoNodeIncarnation(sender)
    proto.roles = UInt32(roles.rawValue)
    proto.name = name.prefix(utf8Limit: WireLimits.string)
    proto.host = host.prefix(utf8Limit: WireLimits.string)
    proto.processID = UInt32(clamping: processID)
    proto.sequence = sequence
    proto.intervalNanoseconds = UInt64(clamping: interval.nanoseconds)
    proto.joined = joined
    proto.endpoints = ProtoEndpoints(endpoints)
    proto.progress = ProtoProgress(progress)
    proto.phase = ProtoBeat.OneOf_Phase(phase)
    proto.evictions = evictions.suffix(Self.maximumEvictions).map(ProtoBeat.Eviction.init)
    if let underWay { proto.underWay = ProtoBeat.UnderWay(underWay) }
    proto.quarantined = quarantined.prefix(Self.maximumQuarantined).map(ProtoBeat.Quarantined.init)
    proto.run = run.rawValue
    proto.draining = isDraining
    proto.seesFiles = seesFiles
    proto.unreachable = unreachable.prefix(Self.maximumUnreachable).map(ProtoNodeIncarnation.init)
    return Protobuf.encode(proto, prefix: ControlKind.beat.prefix)
  }

  /// Reads what follows the prefix.
  init(wire bytes: UnsafeRawBufferPointer) throws(WireError) {
    let check = FieldCheck(message: "beat")
    let proto: ProtoBeat = try Protobuf.decode(
      bytes, limit: WireLimits.beat,
      repeated: [
        .init(field: 15, limit: Self.maximumEvictions, name: "evictions"),
        .init(field: 17, limit: Self.maximumQuarantined, name: "partitions in quarantine"),
        .init(field: 21, limit: Self.maximumUnreachable, name: "unreachable workers"),
      ], name: check.message)
    guard let processID = Int32(exactly: proto.processID) else {
      throw check.fail("process id is \(proto.processID), above 2^31 - 1")
    }
    guard let phase = proto.phase else {
      throw check.fail("phase is missing, or one that this version does not know")
    }
    self.init(
      sender: try check.node(proto.sender, "the sender"), roles: try check.roles(proto.roles),
      name: try check.text(proto.name, "name", required: true),
      host: try check.text(proto.host, "host"), processID: processID,
      sequence: try check.sequence(proto.sequence),
      interval: try check.interval(proto.intervalNanoseconds), joined: proto.joined,
      endpoints: try check.endpoints(proto.endpoints), progress: Progress(proto.progress),
      phase: try Phase(phase, in: check.message),
      evictions: try proto.evictions.map { eviction throws(WireError) in
        try Eviction(eviction, check)
      },
      underWay: proto.hasUnderWay ? try UnderWay(proto.underWay, check) : nil,
      quarantined: try proto.quarantined.map { one throws(WireError) in
        try Quarantined(one, check)
      }, run: RunID(rawValue: proto.run))
    isDraining = proto.draining
    seesFiles = proto.seesFiles
    unreachable = try proto.unreachable.map { node throws(WireError) in
      try check.node(node, "an unreachable worker")
    }
    try check.ascending(quarantined.map(\.partition), "partitions in quarantine")
  }
}
