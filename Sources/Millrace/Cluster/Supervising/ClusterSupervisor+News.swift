import Logging
import PipelineCore
import Runtime
import Synchronization

extension ClusterSupervisor {
  /// Something happened.
  func note(_ event: RunEvent) {
    let text = event.text
    if let text { log.log(level: event.isBad ? .warning : .info, "\(text)") }
    var object = event.json
    if let text { object.set("text", text) }
    state.withLock { state in
      state.going?.figures.note(event)
      state.going?.record(object, node: event.node, partition: event.partition)
    }
  }

  /// Partitions of this run are stored.
  func note(_ stored: [ClosedRange<UInt32>], of run: RunID) {
    guard let books = ledger.withLock({ $0 }), books.run == run else { return }
    books.note(stored: stored)
  }

  /// These nodes are listed now.
  func note(_ nodes: [LiveNode]) {
    let new = state.withLock { state in
      state.nodes = nodes
      let new = nodes.map(\.beat).filter { !state.met.contains(Process($0)) }
      state.met += new.map { Process($0) }
      if state.met.count > Self.maximumMet { state.met.removeFirst(state.met.count / 2) }
      return new
    }
    for beat in new {
      log.info(
        "\(beat.name) has joined",
        metadata: [
          "host": "\(beat.host)", "pid": "\(beat.processID)",
          "roles": "\(beat.roles.words.joined(separator: ","))",
        ])
    }
  }

  /// Processes that are remembered as having joined.
  private static let maximumMet = 4096
}

extension ClusterSupervisor.Process {
  fileprivate init(_ beat: Beat) {
    self.init(host: beat.host, id: beat.processID, roles: beat.roles)
  }
}

extension RunEvent {
  /// Whether something is wrong.
  fileprivate var isBad: Bool {
    switch self {
    case .joined, .restarted: false
    case .lost(let loss): loss.cause != .left
    default: true
    }
  }
}

extension Roles {
  /// The roles' names.
  var words: [String] {
    var words: [String] = []
    if contains(.ventilator) { words.append("ventilator") }
    if contains(.supervisor) { words.append("supervisor") }
    if contains(.sink) { words.append("sink") }
    if contains(.worker) { words.append("worker") }
    return words
  }
}
