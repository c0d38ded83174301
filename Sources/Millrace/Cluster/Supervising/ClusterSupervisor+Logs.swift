import Ledger
import Wire

extension ClusterSupervisor {
  /// Bytes of lines that one answer has; one line more may be added.
  private static let pageBytes = 2 << 20

  /// What happened in a run, by its ledger, and at last how it ended.
  ///
  /// Lines are numbered as the ledger numbers its events; the end comes after the last of them.
  func logs(
    _ run: ClusterRun, after: UInt64, json: Bool, _ state: State
  ) throws(ClusterError) -> Response.Lines {
    do throws(LedgerError) {
      let events = try events(of: run, after: Int64(clamping: after), state)
      var lines: [String] = []
      var next = after
      var bytes = 0
      for recorded in events where bytes < Self.pageBytes {
        next = UInt64(recorded.number)
        guard let line = Self.line(recorded.event, json: json) else { continue }
        bytes += line.utf8.count
        lines.append(line)
      }
      let isLast = events.last.map { UInt64($0.number) == next } ?? true
      // A page that is not full is the last, for the ledger of a run that is over has no more.
      guard let outcome = run.outcome, isLast, events.count < 1000 else {
        return Response.Lines(lines, next: next, isOver: false)
      }
      if after < Self.end { lines += Self.lines(of: outcome, json: json) }
      return Response.Lines(lines, next: Self.end, isOver: true)
    } catch {
      throw ClusterError(error.message)
    }
  }

  /// The number of the end, which follows all events.
  private static let end = UInt64(Int64.max)

  private func events(
    of run: ClusterRun, after: Int64, _ state: State
  ) throws(LedgerError) -> [LedgerEvent.Recorded] {
    if let going = state.going, going.run.id == run.id, run.outcome == nil {
      return try going.books?.events(after: after) ?? []
    }
    guard try catalog.ids().contains(run.id) else { return [] }
    let ledger = try Ledger(opening: catalog.files(of: run.id).ledger, readOnly: true)
    let events = try ledger.events(after: after)
    try ledger.close()
    return events
  }

  private static func line(_ event: LedgerEvent, json: Bool) -> String? {
    if json { return event.json }
    return event.text.map { "\(RunText.time(event.at))  \($0)" }
  }

  private static func lines(of outcome: ClusterOutcome, json: Bool) -> [String] {
    guard json else {
      return ["\(RunText.time(outcome.ended))  \(outcome.state.rawValue): \(outcome.message)"]
    }
    var object = JSONObject(event: "ended")
    object.set("state", outcome.state.rawValue)
    object.set("reason", outcome.state == .finished ? nil : outcome.message)
    object.set("at", outcome.ended)
    return outcome.summary.isEmpty ? [object.line] : [object.line, outcome.summary]
  }
}
