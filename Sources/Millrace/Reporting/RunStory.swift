import Foundation
import Ledger
import PipelineCore

/// All that a ledger tells of a run.
struct RunStory {
  private let entry: RunEntry
  private let sessions: [RunSession]
  private let events: [LedgerEvent.Recorded]
  private let quarantined: [QuarantineRecord]

  init(
    _ entry: RunEntry, sessions: [RunSession], events: [LedgerEvent.Recorded],
    quarantined: [QuarantineRecord]
  ) {
    self.entry = entry
    self.sessions = sessions
    self.events = events
    self.quarantined = quarantined
  }

  /// For people.
  var lines: [String] {
    var lines = ["run \(entry.id): \(entry.status.word)"]
    if let record = entry.record {
      lines.append("  topology    \(record.topology) (\(record.path))")
      if !record.overrides.isEmpty {
        lines.append("  with        \(record.overrides.joined(separator: ", "))")
      }
      lines.append("  begun       \(RunText.time(record.created)) UTC by version \(record.version)")
    }
    lines.append("  stored      \(Quantity.plural(entry.storedPartitions, "partition"))")
    for session in sessions {
      lines.append(heading(of: session))
      for recorded in events where recorded.session == session.number {
        guard let text = recorded.event.text else { continue }
        let after = Double(recorded.event.at - session.start.at) / 1000
        lines.append("  +\(String(format: "%.3f", after)) s  \(text)")
      }
      if let outcome = session.outcome {
        let after = Double(outcome.at - session.start.at) / 1000
        let reason =
          outcome.message.map { ": " + ($0.hasPrefix("error: ") ? String($0.dropFirst(7)) : $0) }
          ?? ""
        lines.append("  +\(String(format: "%.3f", after)) s  \(outcome.state.rawValue)\(reason)")
      }
    }
    if !quarantined.isEmpty { lines.append("in quarantine:") }
    for record in quarantined {
      let given = record.quarantined
      lines.append(
        "  partition \(given.partition.index), \(Quantity.plural(given.attempts, "attempt")): "
          + given.failure.message)
      if let bytes = record.bytes {
        lines.append("    its bytes: \(entry.files.directory)/\(bytes)")
      }
      lines.append("    look closer: millrace replay \(entry.id) \(given.partition.index)")
    }
    if let hint { lines.append(hint) }
    return lines
  }

  private func heading(of session: RunSession) -> String {
    // The lock is held by one process at a time: who was followed without a word has died.
    let isLast = session.number == sessions.last?.number
    let isOver = !isLast || entry.status == .interrupted
    let end = session.outcome == nil && isOver ? ", which died" : ""
    return "session \(session.number), \(RunText.time(session.start.at)) UTC, process "
      + "\(session.start.processID) on \(session.start.host)\(end):"
  }

  private var hint: String? {
    entry.isResumable ? "go on with: millrace resume \(entry.id)" : nil
  }

  /// For programs.
  var json: [String] {
    var lines = [RunText(entry).json.line]
    for session in sessions {
      var object = JSONObject(event: "session")
      object.set("session", session.number)
      object.set("at", session.start.at)
      object.set("pid", session.start.processID)
      object.set("host", session.start.host)
      lines.append(object.line)
      lines += events.filter { $0.session == session.number }.map(\.event.json)
      if let outcome = session.outcome, let summary = outcome.json { lines.append(summary) }
    }
    for record in quarantined {
      var object = JSONObject(event: "in_quarantine")
      object.set("partition", record.quarantined.partition.index)
      object.set("attempts", record.quarantined.attempts)
      object.set("reason", record.quarantined.failure.message)
      object.set("bytes", record.bytes.map { "\(entry.files.directory)/\($0)" })
      lines.append(object.line)
    }
    return lines
  }
}
