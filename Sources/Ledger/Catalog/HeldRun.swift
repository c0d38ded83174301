/// A run that this process carries out: it holds the lock and writes the ledger.
package struct HeldRun: Sendable {
  package let files: RunFiles
  package let lock: RunLock
  package let ledger: Ledger
  /// The session that began with it.
  package let session: Int64

  package var id: String { files.id }
}
