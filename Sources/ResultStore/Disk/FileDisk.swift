import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A directory of the operating system's.
///
/// Files are made for this user alone. At most ``maximumOpen`` are held open.
package final class FileDisk: StoreDisk {
  /// The most files held open. A file whose writes are not flushed is closed last: its descriptor is
  /// where the system tells of writes that failed.
  package static let maximumOpen = 64

  /// The directory's path.
  package let directory: String
  private let place: OpenFile
  private let state = Mutex(State())

  /// What all threads share.
  private struct State {
    var files: [String: Entry] = [:]
    var uses: UInt64 = 0
    /// How often names came or went, and up to which of those times the directory was flushed. One
    /// ahead at first: another process may have made files and died.
    var changes: UInt64 = 1
    var flushedChanges: UInt64 = 0
    /// Why nothing is appended or flushed any more.
    var failure: StoreError?
  }

  /// A file held open.
  private struct Entry {
    var file: OpenFile
    var lastUse: UInt64
    var appends: UInt64 = 0
    var flushedAppends: UInt64 = 0
  }

  /// Opens a directory; makes it, for this user alone, when its parent is there and it is not.
  package init(directory: String) throws(StoreError) {
    self.directory = directory
    let made = mkdir(directory, 0o700)
    if made != 0, errno != EEXIST {
      throw .system("cannot make the directory", errno, path: directory)
    }
    place = try Self.open(directory)
    guard made == 0 else { return }
    let number = try Self.open("\(directory)/..").flushDirectory()
    if number != 0 { throw .system("cannot flush its parent", number, path: directory) }
  }

  private static func open(_ path: String) throws(StoreError) -> OpenFile {
    var descriptor: CInt = -1
    let number = OpenFile.number {
      #if canImport(Glibc)
      descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      #else
      descriptor = Darwin.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      #endif
      return descriptor
    }
    guard number == 0 else { throw .system("cannot open the directory", number, path: path) }
    return OpenFile(descriptor)
  }

  package func names() throws(StoreError) -> [String] {
    try place.names(path: directory)
  }

  package func size(of name: String) throws(StoreError) -> Int64 {
    let file = try open(name, creating: false)
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else {
      throw failed("cannot look at the file", errno, name)
    }
    return Int64(status.st_size)
  }

  package func append(
    _ pieces: [UnsafeRawBufferPointer], to name: String
  ) throws(StoreError) {
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let file = try open(name, creating: true)
    let number = file.append(pieces)
    // Counted afterwards: a flush under way at the same time answers for none of it.
    state.withLock { $0.files[name]?.appends += 1 }
    if number != 0 { throw failed("cannot append", number, name) }
  }

  package func flush(_ name: String) throws(StoreError) {
    let file = try open(name, creating: false)
    let before = state.withLock { ($0.failure, $0.changes, $0.files[name]?.appends ?? 0) }
    if let failure = before.0 { throw failure }
    var number = file.synchronize()
    if number == 0, state.withLock({ $0.flushedChanges < before.1 }) {
      number = place.flushDirectory()
    }
    guard number == 0 else { throw fail(file, number, name) }
    // A flush in another thread that failed meanwhile may have taken this one's error with it.
    if let failure = state.withLock({ $0.failure }) { throw failure }
    state.withLock {
      $0.flushedChanges = max($0.flushedChanges, before.1)
      guard var entry = $0.files[name], entry.file === file else { return }
      entry.flushedAppends = max(entry.flushedAppends, before.2)
      $0.files[name] = entry
    }
  }

  package func read(
    _ name: String, at offset: Int64, into memory: UnsafeMutableRawBufferPointer
  ) throws(StoreError) {
    let file = try open(name, creating: false)
    switch file.read(at: offset, into: memory) {
    case 0: return
    case -1:
      throw StoreError(
        .damaged, path: path(name), "the file ends before byte \(offset + Int64(memory.count))",
        remedy: "let nothing else write there; what was lost is done again when the run goes on")
    case let number: throw failed("cannot read at byte \(offset)", number, name)
    }
  }

  package func truncate(_ name: String, to size: Int64) throws(StoreError) {
    let file = try open(name, creating: false)
    let number = OpenFile.number { ftruncate(file.descriptor, off_t(size)) }
    if number != 0 { throw failed("cannot cut the file to \(size) bytes", number, name) }
    state.withLock { $0.files[name]?.appends += 1 }
  }

  package func remove(_ name: String) throws(StoreError) {
    state.withLock { _ = $0.files.removeValue(forKey: name) }
    let number = OpenFile.number { unlinkat(place.descriptor, name, 0) }
    guard number == 0 || number == ENOENT else { throw failed("cannot remove", number, name) }
    state.withLock { $0.changes += 1 }
  }

  private func path(_ name: String) -> String { "\(directory)/\(name)" }

  private func failed(_ what: String, _ number: CInt, _ name: String) -> StoreError {
    .system(what, number, path: path(name))
  }

  /// Takes note of a flush that failed, for good.
  private func fail(_ file: OpenFile, _ number: CInt, _ name: String) -> StoreError {
    // Pages that could not be written may count as clean now. Recovery is to see what the disk holds.
    let forgotten = file.forgetPages()
    var error = failed("cannot flush", number, name)
    if forgotten != 0 {
      error.cause += " (and its pages stay in memory: \(String(cString: strerror(forgotten))))"
    }
    return state.withLock { state in
      if state.failure == nil { state.failure = error }
      return state.failure ?? error
    }
  }

  /// The open file of this name.
  private func open(_ name: String, creating: Bool) throws(StoreError) -> OpenFile {
    let held = state.withLock { state -> OpenFile? in
      state.uses += 1
      state.files[name]?.lastUse = state.uses
      return state.files[name]?.file
    }
    if let held { return held }
    let (file, isNew) = try openAnew(name, creating: creating)
    return state.withLock { state in
      // Another thread may have opened it meanwhile.
      if let entry = state.files[name] { return entry.file }
      if isNew { state.changes += 1 }
      if state.files.count >= Self.maximumOpen { Self.closeOne(&state) }
      state.files[name] = Entry(file: file, lastUse: state.uses)
      return file
    }
  }

  private func openAnew(
    _ name: String, creating: Bool
  ) throws(StoreError) -> (OpenFile, isNew: Bool) {
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    var descriptor: CInt = -1
    var number = OpenFile.number {
      descriptor = openat(place.descriptor, name, flags)
      return descriptor
    }
    var isNew = false
    if number == ENOENT, creating {
      isNew = true
      number = OpenFile.number {
        descriptor = openat(place.descriptor, name, flags | O_CREAT, 0o600)
        return descriptor
      }
    }
    guard number == 0 else { throw failed("cannot open the file", number, name) }
    return (OpenFile(descriptor), isNew)
  }

  /// Closes the file that was not used for longest, if there is one without writes to be flushed.
  private static func closeOne(_ state: inout State) {
    func rank(_ entry: Entry) -> (Int, UInt64) {
      (entry.flushedAppends < entry.appends ? 1 : 0, entry.lastUse)
    }
    let oldest = state.files.min { rank($0.value) < rank($1.value) }
    if let oldest { state.files[oldest.key] = nil }
  }
}
