import Foundation
import Ledger

extension Ledger {
  /// All events, in the order of recording.
  ///
  /// - Throws: ``LedgerError``.
  func allEvents() throws(LedgerError) -> [LedgerEvent.Recorded] {
    var all: [LedgerEvent.Recorded] = []
    while true {
      let page = try events(after: all.last?.number ?? 0)
      if page.isEmpty { return all }
      all += page
    }
  }
}

extension RunEntry {
  /// Whether what it stored is still there for `millrace resume` to go on from.
  var isResumable: Bool {
    switch status {
    case .interrupted: true
    case .failed, .cancelled: FileManager.default.fileExists(atPath: files.results)
    case .running, .finished, .damaged: false
    }
  }
}

extension HeldRun {
  /// Removes the results, which the run does not need any more.
  ///
  /// - Throws: ``LedgerError``.
  func removeResults() throws(LedgerError) {
    do {
      try FileManager.default.removeItem(atPath: files.results)
    } catch {
      throw LedgerError(
        .operating, "\(files.results): it cannot be removed: \(error); remove it by hand")
    }
  }
}
