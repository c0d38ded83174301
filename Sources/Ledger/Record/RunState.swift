/// What a ledger says of its run. A run that is `running` although no process holds its lock was
/// interrupted.
package enum RunState: String, Sendable, CaseIterable {
  /// A process carries it out, or died doing so.
  case running
  /// The result is written.
  case finished
  /// It ended without a result; resuming may help.
  case failed
  /// Somebody stopped it.
  case cancelled
}
