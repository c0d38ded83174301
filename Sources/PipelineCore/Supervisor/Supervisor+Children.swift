import OrderedCollections

extension Supervisor {
  /// A local child is gone: no waiting for beats.
  mutating func buryChild(
    _ node: NodeID, _ cause: ExitCause, at now: Instant, into actions: inout Actions<Action>
  ) {
    let name = children[node]?.name ?? "node \(node.rawValue)"
    children[node, default: Child(name: name)].exit = cause
    if let member = nodes[node] {
      lose(member.beat.sender, .exited(cause), at: now, into: &actions)
    } else if outcome == nil {
      actions.append(.report(.neverJoined(node: node, name: name, cause)))
    }
    planRestart(of: node, after: cause, at: now)
    endIfAllChildrenAreGone(at: now, into: &actions)
  }

  /// Decides whether and when a child is started again.
  private mutating func planRestart(of node: NodeID, after cause: ExitCause, at now: Instant) {
    guard outcome == nil, !isAllStored, var child = children[node] else { return }
    // What cannot be started once cannot be started the next time.
    if case .notStarted = cause.status { return }
    let policy = configuration.restarts
    child.restarts.removeAll { now - $0 > policy.window }
    if child.restarts.count < policy.limit {
      child.due = now + policy.backoff * (1 << Int64(child.restarts.count))
    }
    children[node] = child
  }

  /// Starts the children whose wait is over.
  mutating func restartChildren(at now: Instant, into actions: inout Actions<Action>) {
    for position in children.values.indices {
      guard let due = children.values[position].due else { continue }
      if outcome != nil {
        children.values[position].due = nil
      } else if due <= now {
        children.values[position].due = nil
        children.values[position].restarts.append(now)
        children.values[position].exit = nil
        let (node, child) = children.elements[position]
        actions.append(
          .report(.restarted(node, name: child.name, count: child.restarts.count)))
        actions.append(.startChild(node, name: child.name))
      }
    }
  }

  private mutating func endIfAllChildrenAreGone(
    at now: Instant, into actions: inout Actions<Action>
  ) {
    guard configuration.onlyChildren, outcome == nil, !isAllStored, !children.isEmpty,
      children.values.allSatisfy({ $0.exit != nil && $0.due == nil })
    else { return }
    let reasons = children.values.compactMap { child in
      child.exit.map { exit in
        let again =
          child.restarts.isEmpty
          ? "" : " after it was started again \(child.restarts.count) times"
        let last = exit.lastLines.last.map { "; its last line: \($0)" } ?? ""
        return "\(child.name) \(exit.description)\(again)\(last)"
      }
    }
    let failure = Failure(
      .death, "all workers are gone: \(reasons.joined(separator: " · "))")
    end(.failed(failure), at: now, into: &actions)
  }
}
