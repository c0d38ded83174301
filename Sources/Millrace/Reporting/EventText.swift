import PipelineCore

extension RunEvent {
  /// A line for people, or `nil` for what is no news to them.
  var text: String? {
    switch self {
    case .joined: return nil
    case .lost(let loss):
      let cause =
        switch loss.cause {
        case .exited(let exit):
          exit.description + (exit.underWay.map { " at partition \($0.index)" } ?? "")
        case .missedBeats(let count): "missed \(count) beats in a row and counts as dead"
        case .replaced: "started again as a new incarnation"
        case .stuck(let partition, let elapsed):
          "has been at partition \(partition.index) for \(Quantity.seconds(elapsed.seconds)), longer "
            + "than `timeout` allows, and counts as dead"
        case .evicted: "had been given up by the ventilator"
        case .left: "was told to end, has answered what it had begun, and left"
        case .revoked: "is shut out, since its key was revoked"
        }
      let age = Int(loss.silence.milliseconds)
      return "\(loss.name) (pid \(loss.processID)) \(cause); last beat \(age) ms ago"
        + loss.cause.lastLines
    case .requeued(_, let name, 0, let suspect?):
      return "partition \(suspect.index) was probably under way at \(name) and counts as tried"
    case .requeued(_, let name, let count, let suspect):
      let under =
        suspect.map { "; partition \($0.index) was probably under way and counts as tried" } ?? ""
      return "\(Quantity.plural(count, "partition")) of \(name) re-queued\(under)"
    case .attemptFailed(let partition, let attempt, _, let failure):
      return "partition \(partition.index), attempt \(attempt), failed and will be tried again: "
        + failure.message
    case .differs(let partition, _):
      return "partition \(partition.index) was answered differently the second time: the stage is "
        + "not deterministic"
    case .quarantined(let given):
      return "partition \(given.partition.index) is in quarantine after "
        + "\(Quantity.plural(given.attempts, "attempt")): \(given.failure.message)"
    case .waiting(let span):
      return "no worker is alive; work has waited for \(Quantity.seconds(span.seconds))"
    case .neverJoined(_, let name, let cause):
      if case .notStarted = cause.status { return "\(name) \(cause.description)" }
      return "\(name) \(cause.description) before it joined" + cause.lastLinesText
    case .restarted(_, let name, let count):
      return count == 1
        ? "\(name) is started again" : "\(name) is started again (\(count) times now)"
    case .idTaken(let node, let name, let process, let holder, let holderProcess):
      return "\(name) (pid \(process)) was refused: id \(node.rawValue) is that of \(holder) "
        + "(pid \(holderProcess)), which is alive; start it with another --node"
    case .unreachable(_, let name, let endpoint, let origin):
      let seen = origin.isEmpty ? "" : ", its beats come from \(origin)"
      return
        "\(name) is alive but the ventilator cannot connect to it: it advertises \(endpoint)\(seen); "
        + "its work is re-queued and it gets none until that is mended: check that this is an address of its host as the ventilator sees it "
        + "(--advertise) and that nothing in between blocks the port (--port)"
    }
  }

  /// The same for `--json`.
  var json: JSONObject {
    switch self {
    case .joined(let node, let name, _):
      var object = JSONObject(event: "joined")
      object.set("node", node.node.rawValue)
      object.set("name", name)
      return object
    case .lost(let loss):
      var object = JSONObject(event: "lost")
      object.set("node", loss.node.node.rawValue)
      object.set("name", loss.name)
      object.set("pid", loss.processID)
      switch loss.cause {
      case .exited(let exit):
        object.set("cause", exit.description)
        object.set("last_lines", exit.lastLines)
        if let partition = exit.underWay { object.set("partition", partition.index) }
      case .missedBeats(let count): object.set("cause", "missed \(count) beats")
      case .replaced: object.set("cause", "started again")
      case .stuck(let partition, let elapsed):
        object.set("cause", "stuck")
        object.set("partition", partition.index)
        object.set("elapsed_ms", elapsed.milliseconds)
      case .evicted: object.set("cause", "given up by the ventilator")
      case .left: object.set("cause", "left")
      case .revoked: object.set("cause", "key revoked")
      }
      object.set("last_beat_ms", loss.silence.milliseconds)
      return object
    case .requeued(let worker, let name, let count, let suspect):
      var object = JSONObject(event: "requeued")
      object.set("node", worker.node.rawValue)
      object.set("name", name)
      object.set("partitions", count)
      if let suspect { object.set("suspect", suspect.index) }
      return object
    case .attemptFailed(let partition, let attempt, let worker, let failure):
      var object = JSONObject(event: "attempt_failed")
      object.set("partition", partition.index)
      object.set("attempt", attempt)
      object.set("node", worker.node.rawValue)
      object.set("reason", failure.message)
      return object
    case .differs(let partition, let worker):
      var object = JSONObject(event: "differs")
      object.set("partition", partition.index)
      object.set("node", worker.node.rawValue)
      return object
    case .quarantined(let given):
      var object = JSONObject(event: "quarantined")
      object.set("partition", given.partition.index)
      object.set("attempts", given.attempts)
      object.set("reason", given.failure.message)
      return object
    case .waiting(let span):
      var object = JSONObject(event: "waiting")
      object.set("seconds", span.seconds)
      return object
    case .neverJoined(let node, let name, let cause):
      var object = JSONObject(event: "never_joined")
      object.set("node", node.rawValue)
      object.set("name", name)
      object.set("cause", cause.description)
      object.set("last_lines", cause.lastLines)
      return object
    case .restarted(let node, let name, let count):
      var object = JSONObject(event: "restarted")
      object.set("node", node.rawValue)
      object.set("name", name)
      object.set("count", count)
      return object
    case .idTaken(let node, let name, let process, _, let holderProcess):
      var object = JSONObject(event: "id_taken")
      object.set("node", node.rawValue)
      object.set("name", name)
      object.set("pid", process)
      object.set("holder_pid", holderProcess)
      return object
    case .unreachable(let worker, let name, let endpoint, let origin):
      var object = JSONObject(event: "unreachable")
      object.set("node", worker.node.rawValue)
      object.set("name", name)
      object.set("endpoint", endpoint)
      if !origin.isEmpty { object.set("origin", origin) }
      return object
    }
  }
}

extension RunEvent.Cause {
  fileprivate var lastLines: String {
    if case .exited(let exit) = self { exit.lastLinesText } else { "" }
  }
}

extension ExitCause {
  /// The last lines of standard error, indented, each on a line of its own.
  fileprivate var lastLinesText: String {
    lastLines.suffix(5).map { "\n    | \($0)" }.joined()
  }
}
