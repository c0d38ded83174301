import OrderedCollections

extension Supervisor {
  /// A process that runs on this host on the supervisor's behalf.
  struct Child: Sendable {
    var name: String
    /// How it ended; `nil` while it runs.
    var exit: ExitCause?
    /// Whether a beat of its present process was heard.
    var hasJoined = false
    /// Since when it is off the roster while its process lives.
    var silentSince: Instant?
    /// Whether its process is being ended: what it still says does not count.
    var isBeingKilled = false
    /// When it was started again, the latest last; no more than the policy's limit.
    var restarts: [Instant] = []
    /// When it is to be started again.
    var due: Instant?
  }

  mutating func welcomeChild(_ node: NodeID, name: String, at now: Instant) {
    var child = children[node] ?? Child(name: name)
    child.exit = nil
    // Its first beat may be faster than the word that it was started.
    child.hasJoined = nodes[node] != nil
    child.silentSince = child.hasJoined ? nil : now
    children[node] = child
  }

  /// A local child is gone: no waiting for beats.
  mutating func buryChild(
    _ node: NodeID, _ cause: ExitCause, at now: Instant, into actions: inout Actions<Action>
  ) {
    var child = children[node] ?? Child(name: "node \(node.rawValue)")
    let hasJoined = child.hasJoined
    child.exit = cause
    child.hasJoined = false
    child.silentSince = nil
    child.isBeingKilled = false
    children[node] = child
    if let member = nodes[node] {
      let suspect = cause.underWay.map { Suspect($0, isOverTime: false) }
      lose(member.beat.sender, .exited(cause), suspect: suspect, at: now, into: &actions)
    } else if outcome == nil, !hasJoined {
      actions.append(.report(.neverJoined(node: node, name: child.name, cause)))
    }
    planRestart(of: node, after: cause, at: now)
    endIfAllChildrenAreGone(at: now, into: &actions)
  }

  /// Ends a child's process, if this node is one and it runs.
  mutating func killChild(_ node: NodeID, into actions: inout Actions<Action>) {
    guard let child = children[node], child.exit == nil, !child.isBeingKilled else { return }
    children[node]?.isBeingKilled = true
    children[node]?.silentSince = nil
    actions.append(.killChild(node))
  }

  /// Ends the processes of children that were lost and have not come back as a new incarnation: what
  /// is stopped, or hangs, holds a place that another start could fill.
  mutating func replaceSilentChildren(at now: Instant, into actions: inout Actions<Action>) {
    guard outcome == nil else { return }
    for (node, child) in children {
      if let due = replacementDue(of: child), due <= now { killChild(node, into: &actions) }
    }
  }

  /// When a child that is silent is ended; `nil` while it is not.
  func replacementDue(of child: Child) -> Instant? {
    guard let silent = child.silentSince else { return nil }
    // Who was not heard yet may still be starting, on a host that is busy.
    return silent
      + (child.hasJoined
        ? configuration.replaceAfter : max(configuration.replaceAfter, Self.longestStart))
  }

  /// A child that has not said anything for so long will not.
  package static let longestStart = Span.seconds(10)

  /// Decides whether and when a child is started again.
  private mutating func planRestart(of node: NodeID, after cause: ExitCause, at now: Instant) {
    guard outcome == nil, !isAllStored, var child = children[node] else { return }
    // What cannot be started once cannot be started the next time.
    if case .notStarted = cause.status { return }
    let policy = configuration.restarts
    child.restarts.removeAll { now - $0 > policy.window }
    if let wait = policy.wait(after: child.restarts.count) { child.due = now + wait }
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
