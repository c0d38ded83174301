#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RunCatalog {
  /// An id for a run of a topology that is created now, in milliseconds since 1970. It may be taken.
  package static func identifier(topology: String, created: Int64) -> String {
    RunIdentifier.make(topology: topology, created: created, random: .random(in: 0 ... .max))
  }

  /// Makes a new run and begins its first session. This process holds its lock from then on.
  ///
  /// - Parameter id: of the form that ``identifier(topology:created:)`` gives and not taken; `nil` for a
  ///   new one.
  /// - Throws: ``LedgerError``; nothing of the run is left then.
  package func create(
    _ record: RunRecord, session: SessionStart, id: String? = nil
  ) throws(LedgerError) -> HeldRun {
    if let id { return try create(record, session: session, in: try makeDirectory(id)) }
    var random = SystemRandomNumberGenerator()
    return try create(record, session: session, using: &random)
  }

  /// The same with a source of random numbers for the id.
  func create(
    _ record: RunRecord, session: SessionStart, using random: inout some RandomNumberGenerator
  ) throws(LedgerError) -> HeldRun {
    try create(record, session: session, in: try makeDirectory(record, using: &random))
  }

  private func create(
    _ record: RunRecord, session: SessionStart, in files: RunFiles
  ) throws(LedgerError) -> HeldRun {
    do throws(LedgerError) {
      let lock = try RunLock(path: files.lock)
      for directory in [files.results, files.quarantine] {
        guard mkdir(directory, 0o700) == 0 else { throw .system("mkdir", errno, path: directory) }
      }
      let ledger = try Ledger.create(at: files.ledger, record, session: session)
      return HeldRun(files: files, lock: lock, ledger: ledger, session: 1)
    } catch {
      throw discarding(files, after: error)
    }
  }

  /// Goes on with a run: takes its lock and begins a session.
  ///
  /// - Parameter id: as ``find(_:)`` gives it.
  /// - Throws: ``LedgerError`` of code `inUse` when another process carries it out, `wrongState` when it
  ///   has finished, or when it is damaged or of a newer version.
  package func resume(_ id: String, session: SessionStart) throws(LedgerError) -> HeldRun {
    let files = try existing(id)
    let lock = try RunLock(path: files.lock)
    let ledger = try Ledger(opening: files.ledger, readOnly: false)
    return HeldRun(
      files: files, lock: lock, ledger: ledger, session: try ledger.beginSession(session))
  }

  private func makeDirectory(_ id: String) throws(LedgerError) -> RunFiles {
    precondition(RunIdentifier.isValid(id), "\(id) is not the id of a run")
    try makeCatalog(directory)
    let files = files(of: id)
    guard mkdir(files.directory, 0o700) == 0 else {
      throw .system("mkdir", errno, path: files.directory)
    }
    return files
  }

  private func makeDirectory(
    _ record: RunRecord, using random: inout some RandomNumberGenerator
  ) throws(LedgerError) -> RunFiles {
    try makeCatalog(directory)
    // Two runs of one topology in one second meet the same number once in 65,536 times.
    for _ in 0..<64 {
      let files = files(
        of: RunIdentifier.make(
          topology: record.topology, created: record.created,
          random: UInt16.random(in: 0 ... .max, using: &random)))
      if mkdir(files.directory, 0o700) == 0 { return files }
      guard errno == EEXIST else { throw .system("mkdir", errno, path: files.directory) }
    }
    throw LedgerError(
      .operating, "\(directory): too many runs of this topology begin in this second; try again")
  }

  /// Leaves nothing of a run that could not be made; says so when even that fails.
  private func discarding(_ files: RunFiles, after error: LedgerError) -> LedgerError {
    do throws(LedgerError) {
      try discard(files)
      return error
    } catch let other {
      return LedgerError(error.code, "\(error.message); then \(other.message)")
    }
  }

  private func makeCatalog(_ path: String) throws(LedgerError) {
    if mkdir(path, 0o700) == 0 { return try Directory.flush(Directory.parent(of: path)) }
    switch errno {
    case EEXIST:
      var status = stat()
      guard stat(path, &status) == 0 else { throw .system("stat", errno, path: path) }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw .system("mkdir", ENOTDIR, path: path) }
    case ENOENT:
      guard Directory.parent(of: path) != path else { throw .system("mkdir", ENOENT, path: path) }
      try makeCatalog(Directory.parent(of: path))
      // Some file systems say so of a directory whose parent exists: once is enough.
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw .system("mkdir", errno, path: path)
      }
      try Directory.flush(Directory.parent(of: path))
    default: throw .system("mkdir", errno, path: path)
    }
  }
}
