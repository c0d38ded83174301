import PipelineCore
import Synchronization
import ZeroMQ

/// Who is admitted to this process's encrypted sockets, and which key a listed node proves itself by.
///
/// The supervisor admits those on its allow-list, and roles that share its key. Every other node admits the supervisor and the nodes
/// that the roster lists: the supervisor has checked that each of them is the key it claims to be.
final class PeerKeys: Sendable {
  private struct State {
    var keys: [NodeIncarnation: CurvePublicKey] = [:]
    var supervisor: NodeIncarnation?
    /// Those that another supervisor's last roster listed, and until when they are admitted still.
    var former: (keys: Set<CurvePublicKey>, until: Instant)?
    var listed: Set<CurvePublicKey> = []
  }

  /// Who the supervisor is.
  let supervisorKey: CurvePublicKey
  /// Answers libzmq's question about each client.
  let handler: ZAPHandler
  private let followsRosters: Bool
  private let state = Mutex(State())

  /// A supervisor that starts anew lists its nodes by and by, as their beats come: those that were on
  /// the roster before it are admitted for so many intervals more.
  static let formerIntervals: Int64 = 8

  /// Admits the supervisor alone at first, or these where a list decides.
  ///
  /// - Throws: ``ZeroMQError`` when the context has a handler already, or no descriptor is left.
  init(
    _ context: Context, supervisor: CurvePublicKey, list: Set<CurvePublicKey>?
  ) throws(ZeroMQError) {
    supervisorKey = supervisor
    followsRosters = list == nil
    handler = try ZAPHandler(context, allowing: (list ?? []).union([supervisor]))
  }

  /// Follows a roster that is not one of the past.
  func learn(_ roster: Roster, at now: Instant) {
    let allowed = state.withLock { state in
      if let supervisor = state.supervisor, supervisor != roster.supervisor {
        let interval = min(
          max(roster.interval, Liveness.intervals.lowerBound), Liveness.intervals.upperBound)
        state.former = (state.listed, now + interval * Self.formerIntervals)
      }
      state.supervisor = roster.supervisor
      if let former = state.former, now >= former.until { state.former = nil }
      state.keys.removeAll(keepingCapacity: true)
      for member in roster.members {
        if let key = CurvePublicKey(bytes: member.endpoints.key) { state.keys[member.node] = key }
      }
      state.listed = Set(state.keys.values)
      return state.listed.union(state.former?.keys ?? [])
    }
    if followsRosters { handler.replaceAllowed(with: allowed.union([supervisorKey])) }
  }

  /// Admits these from now on: the allow-list has changed.
  func replaceList(with keys: Set<CurvePublicKey>) {
    precondition(!followsRosters, "the roster decides who is admitted")
    handler.replaceAllowed(with: keys.union([supervisorKey]))
  }

  /// The key of a node that the roster lists, or `nil` when it has none.
  func key(of node: NodeIncarnation) -> CurvePublicKey? {
    state.withLock { $0.keys[node] }
  }
}
