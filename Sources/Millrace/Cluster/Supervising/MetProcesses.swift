import PipelineCore
import Runtime

/// The processes of nodes that were met: all that are listed, and some that are not.
///
/// A node takes part in each run as another incarnation of the same process, and is met once.
struct MetProcesses {
  private struct Process: Hashable {
    let host: String
    let id: Int32
    let roles: Roles

    init(_ beat: Beat) {
      host = beat.host
      id = beat.processID
      roles = beat.roles
    }
  }

  private var known: Set<Process> = []

  /// Of those that are not listed, all are forgotten when they are more than this.
  static let maximumUnlisted = 4096

  /// Takes in the nodes that are listed, and gives the latest beats of those that were not met before.
  mutating func meet(_ nodes: [LiveNode]) -> [Beat] {
    let new = nodes.compactMap { known.insert(Process($0.beat)).inserted ? $0.beat : nil }
    if known.count > nodes.count + Self.maximumUnlisted {
      known = Set(nodes.map { Process($0.beat) })
    }
    return new
  }
}
