import Synchronization

/// The allow-list and the record of those who were not on it.
final class Admission: Sendable {
  private static let keptDenials = 32

  private struct State {
    var allowed: Set<CurvePublicKey>
    var denialCount = 0
    var recentDenials: [ZAPDenial] = []
  }

  private let state: Mutex<State>

  init(_ allowed: Set<CurvePublicKey>) {
    state = Mutex(State(allowed: allowed))
  }

  func replaceAllowed(with keys: Set<CurvePublicKey>) {
    state.withLock { $0.allowed = keys }
  }

  func isAllowed(_ key: CurvePublicKey) -> Bool {
    state.withLock { $0.allowed.contains(key) }
  }

  var denialCount: Int { state.withLock { $0.denialCount } }

  var recentDenials: [ZAPDenial] { state.withLock { $0.recentDenials } }

  /// Whether to admit a client; if not, it is recorded.
  func admits(_ key: CurvePublicKey?, from address: String) -> Bool {
    state.withLock { state in
      if let key, state.allowed.contains(key) { return true }
      state.denialCount += 1
      if state.recentDenials.count == Self.keptDenials { state.recentDenials.removeFirst() }
      state.recentDenials.append(ZAPDenial(key: key, address: address))
      return false
    }
  }
}
