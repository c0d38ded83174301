import Synchronization

/// Tells an engine or an agent, from any thread and for good, that it is to end.
final class StopSignal: Sendable {
  private let raised = Atomic<Bool>(false)
  private let inbox: Inbox<Bool>

  /// A signal that is not raised.
  ///
  /// - Throws: ``RuntimeError`` when no descriptor is left.
  init() throws(RuntimeError) { inbox = try Inbox() }

  /// Readable once it is raised, and from then on.
  var descriptor: CInt { inbox.descriptor }

  /// Whether it is raised.
  var isRaised: Bool { raised.load(ordering: .acquiring) }

  /// Raises it; more than once is the same as once.
  func raise() {
    raised.store(true, ordering: .releasing)
    inbox.post(true)
  }
}
