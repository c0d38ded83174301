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
      return state.met.meet(nodes)
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
