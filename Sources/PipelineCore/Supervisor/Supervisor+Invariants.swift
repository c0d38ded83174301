import DequeModule
import OrderedCollections

extension Supervisor {
  /// Traps when the state contradicts itself.
  package func checkInvariants() {
    #if PLANTED_FAULTS
    // What was planted is for a test's own judgement to find.
    if planted != nil { return }
    #endif
    precondition(members.count == nodes.count, "the roster lists others than the live nodes")
    for (earlier, later) in zip(members, members.dropFirst()) {
      precondition(earlier.node.node < later.node.node, "the roster is out of order")
    }
    for member in members {
      precondition(
        nodes[member.node.node].map { Roster.Member($0.beat) } == member,
        "the roster says something else than the last beat")
      precondition(!void.contains(member.node), "a void incarnation is on the roster")
      precondition(lapsed[member.node.node] == nil, "a node is alive and silent at once")
    }
    precondition(
      liveWorkers == members.count { $0.roles.contains(.worker) }, "workers are counted wrongly")
    precondition(
      coordinators == members.filter { $0.roles != .worker }.map(\.node.node),
      "other nodes than those listed count as coordinators")
    for child in children.values {
      precondition(
        child.exit == nil || !child.isBeingKilled && child.silentSince == nil,
        "a child that has ended is waited for or killed")
      precondition(child.restarts.count <= configuration.restarts.limit, "too many starts again")
    }
    precondition(void.count <= Self.maximumVoid, "too many void incarnations are remembered")
    precondition(lapsed.count <= Self.maximumVoid, "too many silent nodes are remembered")
    precondition(
      contenders.keys.allSatisfy { nodes[$0] != nil }, "somebody contends for an id that is free")
    precondition(
      unreachable.count <= Beat.maximumUnreachable, "too many workers count as unreachable")
    precondition(refused.count <= Self.maximumVoid, "too many refusals are remembered")
    precondition(reportedRequeues.count <= Self.maximumVoid, "too many evictions are remembered")
    precondition(
      reportedUnreachable.count <= Self.maximumVoid, "too many unreachable workers are remembered")
    precondition(!isIdle || outcome == nil, "a run ended that never was")
    precondition(
      reportedQuarantines.count <= Self.maximumVoid, "too many quarantines are remembered")
    sinks.checkInvariants()
    precondition(givenUp.count <= Beat.maximumQuarantined, "too many partitions in quarantine")
  }
}
