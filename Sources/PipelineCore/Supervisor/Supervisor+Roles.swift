extension Supervisor {
  /// The latest beat of the live node with these roles and the lowest id.
  ///
  /// - Parameter roles: not a worker's alone, of which there are many.
  package func latestBeat(of roles: Roles) -> Beat? {
    precondition(roles != .worker, "no worker is looked for by its role")
    for node in coordinators {
      if let beat = nodes[node]?.beat, beat.roles.isSuperset(of: roles) { return beat }
    }
    return nil
  }

  /// Counts a node in that is listed from now on.
  mutating func enrol(_ node: NodeID, as roles: Roles) {
    if roles.contains(.worker) { liveWorkers += 1 }
    guard roles != .worker else { return }
    coordinators.insert(node, at: coordinators.firstIndex { $0 > node } ?? coordinators.endIndex)
    followSink()
  }

  /// Counts a node out that is listed no more.
  mutating func strike(_ node: NodeID, as roles: Roles) {
    if roles.contains(.worker) { liveWorkers -= 1 }
    guard roles != .worker else { return }
    coordinators.removeAll { $0 == node }
    followSink()
  }
}
