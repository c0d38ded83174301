import Ledger

extension Ledger {
  /// The ranges of a stage that these results do not confirm.
  func mismatches(
    stage: UInt32, with results: [(index: UInt32, digest: UInt64)]
  ) throws -> [StoredMismatch] {
    var verification = try verification(stage: stage)
    for (index, digest) in results { verification.add(index, digest: digest) }
    return verification.mismatches()
  }
}
