import PipelineCore
import Runtime
import Wire

/// What `millrace status` tells: the supervisor, the runs and the nodes.
struct ClusterStatus {
  private let state: ClusterSupervisor.State
  private let since: Instant
  private let refusals: Refusals
  private let now = MonotonicClock.now

  /// Runs that are over and told of.
  private static let shownRuns = 10

  /// - Parameters:
  ///   - since: when the supervisor started.
  ///   - refusals: what it has refused since.
  init(_ state: ClusterSupervisor.State, since: Instant, refusals: Refusals) {
    self.state = state
    self.since = since
    self.refusals = refusals
  }

  /// All lines.
  func lines(json: Bool) -> Response.Lines {
    Response.Lines(json ? objects.map(\.line) : text)
  }

  /// How far a run is that is not over, for people.
  func progress(of run: ClusterRun) -> String {
    if let going = state.going, going.run.id == run.id {
      return missing.isEmpty
        ? going.progress(at: now) : going.progress(at: now) + "  waits for \(missing)"
    }
    guard let place = state.core.queued.firstIndex(where: { $0.id == run.id }) else { return "" }
    return place == 0 ? "is next" : "\(Quantity.plural(place, "run")) before it"
  }

  /// The roles that nobody has.
  private var missing: String {
    let roles = state.nodes.reduce(into: Roles()) { $0.formUnion($1.beat.roles) }
    let missing: [(Roles, String)] = [
      (.ventilator, "a ventilator"), (.sink, "a sink"), (.worker, "a worker"),
    ]
    return missing.filter { !roles.contains($0.0) }.map(\.1).joined(separator: ", ")
  }

  private var shown: [ClusterRun] {
    let over = state.core.runs.filter { $0.outcome != nil }.suffix(Self.shownRuns)
    return over + state.core.runs.filter { $0.outcome == nil }
  }

  private var text: [String] {
    var lines = [
      "supervisor on \(HostName.current) (pid \(HostName.processID)), version "
        + "\(MillraceVersion.text), for \(Quantity.seconds((now - since).seconds))"
    ]
    if refusals != Refusals() { lines.append("refused since: \(refusals.words)") }
    lines.append(shown.isEmpty ? "no runs" : "runs:")
    for run in shown {
      let state = state.core.state(of: run)
      let word = state.word.padding(to: 9)
      var line = "  \(run.id)  \(word)"
      if let outcome = run.outcome {
        if let first = outcome.message.split(separator: "\n").first { line += "  \(first)" }
      } else {
        line += "  \(progress(of: run))"
      }
      lines.append(line)
    }
    lines.append(state.nodes.isEmpty ? "no nodes" : "nodes:")
    let width = state.nodes.map(\.beat.name.count).max() ?? 0
    for node in state.nodes {
      let beat = node.beat
      var line =
        "  \(beat.name.padding(to: width))  \(beat.roles.words.joined(separator: ","))  on "
        + "\(beat.host) (pid \(beat.processID)), last beat \(age(of: node)) ms ago"
      if beat.roles.contains(.worker) {
        line += ", \(Quantity.plural(beat.progress.partitions, "partition")) done"
      }
      if beat.isDraining { line += ", leaves" }
      lines.append(line)
    }
    return lines
  }

  private var objects: [JSONObject] {
    var supervisor = JSONObject(event: "supervisor")
    supervisor.set("host", HostName.current)
    supervisor.set("pid", HostName.processID)
    supervisor.set("version", MillraceVersion.text)
    supervisor.set("seconds", (now - since).seconds)
    supervisor.set("queued", state.core.queued.count)
    supervisor.set("refused_connections", refusals.denied + refusals.failedHandshakes)
    supervisor.set("refused_messages", refusals.messages)
    supervisor.set("other_versions", refusals.otherVersion)
    supervisor.set("replayed_beats", refusals.replayed)
    var objects = [supervisor]
    for run in shown {
      var object = JSONObject(event: "run")
      object.set("run", run.id)
      object.set("state", state.core.state(of: run).word)
      object.set("topology", run.topology)
      object.set("submitted", run.submitted)
      if let outcome = run.outcome {
        object.set("message", outcome.message)
        object.set("ended", outcome.ended)
      } else {
        object.set("progress", progress(of: run))
      }
      objects.append(object)
    }
    for node in state.nodes {
      let beat = node.beat
      var object = JSONObject(event: "node")
      object.set("name", beat.name)
      object.set("node", beat.sender.node.rawValue)
      object.set("roles", beat.roles.words)
      object.set("host", beat.host)
      object.set("pid", beat.processID)
      object.set("last_beat_ms", age(of: node))
      object.set("partitions", beat.progress.partitions)
      object.set("held", beat.progress.held)
      object.set("draining", beat.isDraining)
      objects.append(object)
    }
    return objects
  }

  private func age(of node: LiveNode) -> Int { Int(max(0, (now - node.heard).milliseconds)) }
}

extension String {
  /// The text with spaces after it, where it is shorter.
  fileprivate func padding(to width: Int) -> String {
    count < width ? self + String(repeating: " ", count: width - count) : self
  }
}
