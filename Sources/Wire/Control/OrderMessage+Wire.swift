import PipelineCore

extension OrderMessage {
  /// The order's frame on the orders channel.
  package func encoded() -> [UInt8] {
    var proto = ProtoOrder()
    proto.run = run.rawValue
    proto.supervisor = ProtoNodeIncarnation(supervisor)
    switch order {
    case .evict(let node, let suspect):
      proto.evict = ProtoNodeIncarnation(node)
      if let suspect {
        proto.suspect = ProtoBeat.Partition(suspect.partition)
        proto.overTime = suspect.isOverTime
      }
    case .release(let node): proto.release = ProtoNodeIncarnation(node)
    case .cancel: proto.cancel = ProtoOrder.Cancel()
    }
    return Protobuf.encode(proto, prefix: ControlKind.order.prefix)
  }

  /// Reads what follows the prefix.
  init(wire bytes: UnsafeRawBufferPointer) throws(WireError) {
    let check = FieldCheck(message: "order")
    let proto: ProtoOrder = try Protobuf.decode(
      bytes, limit: WireLimits.beat, name: check.message)
    run = RunID(rawValue: proto.run)
    supervisor = try check.node(proto.supervisor, "the supervisor")
    let suspect =
      proto.hasSuspect
      ? Suspect(PartitionID(proto.suspect), isOverTime: proto.overTime) : nil
    guard suspect != nil || !proto.overTime else {
      throw check.fail("something took too long, but it does not say what")
    }
    switch proto.order {
    case .evict(let node):
      order = .evict(try check.node(node, "the node to evict"), suspect: suspect)
      return
    case .release(let node): order = .release(try check.node(node, "the node that has left"))
    case .cancel: order = .cancel
    case nil: throw check.fail("it orders nothing, or something this version does not know")
    }
    guard suspect == nil else { throw check.fail("it names a suspect but evicts nobody") }
  }
}
