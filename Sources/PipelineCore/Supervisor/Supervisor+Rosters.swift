extension Supervisor {
  /// The least time between two rosters that somebody wants, for so many members: a roster costs whoever
  /// sends and hears it in proportion to its members, and in an interval no more are told of than
  /// ``Configuration/rosterMembers``. Rosters of few members are published at once, each time.
  package var rosterGap: Span {
    let interval = configuration.interval
    let limit = max(configuration.rosterMembers, 1)
    guard members.count < limit else { return interval }
    guard members.count > limit / Self.promptShare else { return Span(nanoseconds: 0) }
    return Span(nanoseconds: interval.nanoseconds / Int64(limit) * Int64(members.count))
  }

  /// Rosters wait for nothing up to this part of ``Configuration/rosterMembers``.
  package static let promptShare = 64

  /// When a roster may be published that somebody wants.
  var earliestRoster: Instant {
    nextRoster + Span(nanoseconds: rosterGap.nanoseconds - configuration.interval.nanoseconds)
  }

  /// Publishes the roster if somebody wants it and the last one was long enough ago; otherwise a tick
  /// will.
  mutating func publishIfWanted(at now: Instant, into actions: inout Actions<Action>) {
    if isRosterWanted, now >= earliestRoster { publish(at: now, into: &actions) }
  }

  /// Publishes the roster as it is now.
  mutating func publish(at now: Instant, into actions: inout Actions<Action>) {
    sequence += 1
    nextRoster = now + configuration.interval
    isRosterWanted = false
    let phase: Roster.RunPhase =
      switch outcome {
      case nil: isIdle ? .idle : .running
      case .finished: .finished
      case .failed: .abandoned
      }
    actions.append(
      .publish(
        Roster(
          supervisor: identity, sequence: sequence, interval: configuration.interval,
          run: Roster.RunState(
            id: run, phase: phase, total: total, quarantined: settledWithoutResult),
          members: members)))
  }
}
