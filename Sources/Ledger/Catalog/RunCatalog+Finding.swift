#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RunCatalog {
  /// All runs, newest first. Those that cannot be read are listed as damaged.
  ///
  /// - Throws: ``LedgerError`` when the catalog's directory cannot be read.
  package func list() throws(LedgerError) -> [RunEntry] {
    try ids().map { entry($0) }.sorted(by: Self.isNewer)
  }

  /// One run.
  ///
  /// - Parameter text: an id, the beginning of one, the beginning of its name part, its last four
  ///   characters, or `last` for the newest.
  /// - Throws: ``LedgerError`` of code `noSuchRun`, or `ambiguous` with the candidates.
  package func find(_ text: String) throws(LedgerError) -> RunFiles {
    let ids = try ids()
    guard let newest = ids.first else {
      throw LedgerError(
        .noSuchRun, "\(directory): there are no runs yet; start one with millrace run FILE")
    }
    if text == "last" { return try last(of: ids, newest) }
    if ids.contains(text) { return files(of: text) }
    let matches = ids.filter { Self.matches($0, text) }
    guard let match = matches.first else {
      throw LedgerError(
        .noSuchRun,
        "\(directory): no run is called \"\(text)\"; millrace runs lists them, the newest is \(newest)"
      )
    }
    guard matches.count == 1 else {
      let shown = matches.prefix(5).joined(separator: ", ")
      let more = matches.count > 5 ? " and \(matches.count - 5) more" : ""
      throw LedgerError(
        .ambiguous,
        "\"\(text)\" could be \(matches.count) runs: \(shown)\(more); give more of the name")
    }
    return files(of: match)
  }

  /// What a run is doing.
  package func entry(_ id: String) -> RunEntry {
    let files = files(of: id)
    var entry = RunEntry(files: files, status: .interrupted, sessions: 0, storedPartitions: 0)
    do throws(LedgerError) {
      // Asked for before the ledger is read: who finishes meanwhile is found finished.
      let holder = try RunLock.holder(path: files.lock)
      do throws(LedgerError) {
        try fill(&entry, holder)
      } catch  where error.code == .incomplete && holder != nil {
        entry.status = .running(holder ?? RunLock.Holder())
      }
    } catch {
      entry.status = .damaged(error)
    }
    return entry
  }

  /// The files of a run that exists.
  ///
  /// - Throws: ``LedgerError`` of code `noSuchRun`.
  func existing(_ id: String) throws(LedgerError) -> RunFiles {
    let files = files(of: id)
    var status = stat()
    guard RunIdentifier.isValid(id), stat(files.directory, &status) == 0 else {
      throw LedgerError(.noSuchRun, "\(directory): there is no run \(id); millrace runs lists them")
    }
    return files
  }

  private func fill(
    _ entry: inout RunEntry, _ holder: RunLock.Holder?
  ) throws(LedgerError) {
    let ledger = try Ledger(opening: entry.files.ledger, readOnly: true)
    let state = try ledger.state()
    let sessions = try ledger.sessions()
    entry.record = try ledger.record()
    entry.sessions = sessions.count
    entry.session = sessions.last
    entry.storedPartitions = try ledger.storedCount()
    switch state {
    case .finished: entry.status = .finished
    case .failed: entry.status = .failed
    case .cancelled: entry.status = .cancelled
    case .running:
      // Somebody may have gone on with it since the lock was looked at.
      let present: RunLock.Holder? =
        if let holder { holder } else { try RunLock.holder(path: entry.files.lock) }
      if let present { entry.status = .running(present) }
    }
    try ledger.close()
  }

  /// The newest of the runs that began in the same second as `newest`.
  private func last(of ids: [String], _ newest: String) throws(LedgerError) -> RunFiles {
    let second = RunIdentifier.second(of: newest)
    let candidates = ids.prefix { RunIdentifier.second(of: $0) == second }
    guard candidates.count > 1 else { return files(of: newest) }
    return candidates.map { entry($0) }.min(by: Self.isNewer)?.files ?? files(of: newest)
  }

  /// The order of a list. Ids tell the second, records the millisecond.
  private static func isNewer(_ left: RunEntry, _ right: RunEntry) -> Bool {
    let (second, other) = (RunIdentifier.second(of: left.id), RunIdentifier.second(of: right.id))
    guard second == other else { return second > other }
    return (left.record?.created ?? 0, left.id) > (right.record?.created ?? 0, right.id)
  }

  private static func matches(_ id: String, _ text: String) -> Bool {
    guard !text.isEmpty else { return false }
    // After the date and the time comes the name.
    let name = id.dropFirst(16)
    return id.hasPrefix(text) || name.hasPrefix(text) || id.hasSuffix("-" + text)
  }
}
