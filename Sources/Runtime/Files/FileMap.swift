import Operators
import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Maps slices of the source's files, one at a time.
final class FileMap {
  private var files: PlannedFiles
  private let pageSize = Int(sysconf(CInt(_SC_PAGESIZE)))

  /// Maps nothing yet.
  ///
  /// - Parameter isOnOneHost: as in ``PlannedFile/init(_:index:isOnOneHost:)``.
  init(files: [StageSpecification.File], isOnOneHost: Bool = true) {
    self.files = PlannedFiles(files, isOnOneHost: isOnOneHost)
  }

  /// Whether there are files and each of them is what it was when the run was planned.
  var areThere: Bool { files.areThere }

  /// Calls `body` with `length` bytes from `offset` of a file, and with whom to tell how far they have been
  /// read.
  ///
  /// A file that becomes shorter while it is mapped ends the process (SIGBUS); the partition's next
  /// attempt finds that the file changed.
  ///
  /// - Throws: ``Failure`` of kind `configuration` when the file is not the one that was planned, of
  ///   kind `operating` when it cannot be read, or what `body` throws.
  func withSlice<Result>(
    file index: Int, offset: Int64, length: Int,
    _ body: (UnsafeRawBufferPointer, (any ReadingProgress)?) throws -> Result
  ) throws -> Result {
    guard index >= 0, index < files.list.count else {
      throw Failure(
        .operating, "a partition names file \(index), of which this worker was not told")
    }
    // What lies beyond the planned size would be a trap on access.
    guard offset >= 0, length >= 0, offset <= files.list[index].size - Int64(length) else {
      throw Failure(
        .operating, "a partition lies beyond the end of \(files.list[index].path)",
        file: Int32(index))
    }
    let file = try files.open(index)
    guard length > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0), nil) }
    let lead = Int(offset % Int64(pageSize))
    let mapped = mmap(
      nil, length + lead, PROT_READ, MAP_PRIVATE, file.descriptor, off_t(offset) - off_t(lead))
    guard let mapped, mapped != MAP_FAILED else { throw file.failure("mmap", errno) }
    defer { munmap(mapped, length + lead) }
    let window = MappedWindow(
      UnsafeMutableRawBufferPointer(start: mapped, count: length + lead), lead: lead,
      pageSize: pageSize)
    window.reached(0)
    return try body(UnsafeRawBufferPointer(start: mapped + lead, count: length), window)
  }
}
