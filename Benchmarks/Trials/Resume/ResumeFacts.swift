import Foundation

/// What a run did before its coordinator was killed, and after it was resumed.
struct ResumeFacts {
  /// Seconds from the start to the kill.
  var killedAt: Double
  var partitions: Int
  /// Partitions that were begun before the kill.
  var before: Set<Int>
  /// Those of them that were begun a second before the kill, or earlier.
  var longBefore: Int
  /// Partitions that were begun after the resume.
  var after: Set<Int>
  /// Partitions that the resumed run says it found stored.
  var found: Int

  /// Partitions begun after the resume although they were stored: each partition is either found
  /// stored or begun, so what is too much was done again.
  var storedAndDoneAgain: Int { found + after.count - partitions }

  /// A line of the table.
  var line: String {
    String(
      format: "%7.2f s%8d%15d%14d%12d%24d", killedAt, before.count, found, after.count,
      before.intersection(after).count, storedAndDoneAgain)
  }

  /// Checks that nothing was done again that was stored, and that what ended long before the kill
  /// was stored.
  ///
  /// - Throws: ``TrialFailure``.
  func check() throws {
    guard storedAndDoneAgain >= 0 else {
      throw TrialFailure("\(-storedAndDoneAgain) partitions were neither found stored nor begun")
    }
    guard storedAndDoneAgain == 0 else {
      throw TrialFailure("\(storedAndDoneAgain) partitions were stored and done again")
    }
    guard found >= longBefore else {
      throw TrialFailure(
        "\(longBefore) partitions were begun a second before the kill, but \(found) stored")
    }
  }
}
