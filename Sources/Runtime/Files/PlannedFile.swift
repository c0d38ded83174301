import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The source's files, of which the one read last stays open.
struct PlannedFiles {
  /// The files, by index.
  let list: [StageSpecification.File]
  private let isOnOneHost: Bool
  private var current: PlannedFile?

  /// No file is open yet.
  ///
  /// - Parameter isOnOneHost: as in ``PlannedFile/init(_:index:isOnOneHost:)``.
  init(_ list: [StageSpecification.File], isOnOneHost: Bool = true) {
    self.list = list
    self.isOnOneHost = isOnOneHost
  }

  /// Whether there are files and each of them can be read and is what it was.
  var areThere: Bool {
    if list.isEmpty { return false }
    for (index, file) in list.enumerated() {
      do throws(Failure) {
        try PlannedFile(file, index: index, isOnOneHost: isOnOneHost).verify()
      } catch {
        // Not here: the bytes come inline.
        return false
      }
    }
    return true
  }

  /// A file, open and found to be what it was when the run was planned.
  ///
  /// - Throws: ``Failure``.
  mutating func open(_ index: Int) throws(Failure) -> PlannedFile {
    let file: PlannedFile
    if let current, current.index == index {
      file = current
    } else {
      file = try PlannedFile(list[index], index: index, isOnOneHost: isOnOneHost)
      current = file
    }
    try file.verify()
    return file
  }
}

/// An open file of the source that is checked, each time before it is read, to be the very file the
/// run was planned with.
final class PlannedFile {
  /// Its position among the source's files.
  let index: Int
  let descriptor: CInt
  private let file: StageSpecification.File
  private let isOnOneHost: Bool

  /// Opens a file.
  ///
  /// - Parameter isOnOneHost: whether it was planned on this host. The number of a device means nothing
  ///   on another: the same shared volume has another one there.
  /// - Throws: ``Failure`` of kind `operating` when it cannot be opened.
  init(
    _ file: StageSpecification.File, index: Int, isOnOneHost: Bool = true
  ) throws(Failure) {
    self.index = index
    self.isOnOneHost = isOnOneHost
    self.file = file
    descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Checks that the file is what it was.
  ///
  /// - Throws: ``Failure`` of kind `configuration` when it changed: other attempts would find the same.
  func verify() throws(Failure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("fstat", errno) }
    #if canImport(Glibc)
    let modified = status.st_mtim
    #else
    let modified = status.st_mtimespec
    #endif
    let nanoseconds = Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec)
    guard Int64(status.st_size) == file.size, nanoseconds == file.modified,
      UInt64(status.st_ino) == file.inode,
      !isOnOneHost || UInt64(status.st_dev) == file.device
    else { throw changed }
  }

  /// What to say of a file that changed.
  var changed: Failure {
    Failure(
      .configuration,
      "\(file.path) changed while the run was reading it; run again when nothing writes to it",
      file: Int32(index))
  }

  /// A failed system call on this file.
  func failure(_ call: String, _ number: CInt) -> Failure {
    Failure(
      .operating, RuntimeError.system(call, number, path: file.path).message, file: Int32(index))
  }
}
