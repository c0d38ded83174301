extension Supervisor {
  /// Since when a role that the run needs has been missing.
  struct Absence: Sendable {
    let roles: Roles
    var since: Instant?

    static func ofAllRoles(since now: Instant) -> [Absence] {
      [Roles.worker, .ventilator, .sink].map { Absence(roles: $0, since: now) }
    }
  }

  /// Fails the run when a role has been missing for too long. Time in which this process itself did
  /// not run, `slept`, is not counted.
  mutating func checkPatience(
    without slept: Span, at now: Instant, into actions: inout Actions<Action>
  ) {
    if isIdle { return }
    let workIsLeft = !isAllStored
    for position in absences.indices {
      let roles = absences[position].roles
      let isNeeded = workIsLeft || roles == .sink
      guard outcome == nil, isNeeded, !isServed(roles) else {
        absences[position].since = nil
        continue
      }
      let since = absences[position].since.map { min($0 + slept, now) } ?? now
      absences[position].since = since
      let waited = now - since
      if waited > configuration.patience {
        end(.failed(failure(missing: roles, for: waited)), at: now, into: &actions)
      } else if roles == .worker, waited > configuration.interval * 4,
        now >= nextLonelyReport ?? now
      {
        nextLonelyReport = now + .seconds(5)
        actions.append(.report(.waiting(waited)))
      }
    }
  }

  /// Whether somebody is there who does the role's part.
  private func isServed(_ roles: Roles) -> Bool {
    guard roles == .worker else { return latestBeat(of: roles) != nil }
    return members.contains { $0.roles.contains(.worker) && !unreachable.contains($0.node) }
  }

  private func failure(missing roles: Roles, for waited: Span) -> Failure {
    if roles == .worker, let member = members.first(where: { $0.roles.contains(.worker) }) {
      return Failure(
        .operating,
        "the ventilator has reached no worker for \(Int(waited.seconds)) s; \(member.name), for one, "
          + "advertises \(member.endpoints.lane): start workers with an address (--advertise) to which "
          + "the ventilator's host can connect")
    }
    let (name, remedy) =
      switch roles {
      case .ventilator: ("ventilator", "start one again")
      case .sink: ("sink", "start one again")
      default: ("worker", "start workers")
      }
    return Failure(
      .operating,
      "no \(name) has been alive for \(Int(waited.seconds)) s; \(remedy), or raise `patience`")
  }
}
