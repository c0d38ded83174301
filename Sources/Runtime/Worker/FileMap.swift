import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Maps slices of the source's files, after checking that they are the very files the run was
/// planned with.
final class FileMap {
  private let files: [StageSpecification.File]
  private var current: (index: Int, descriptor: CInt)?
  private let pageSize = Int(sysconf(CInt(_SC_PAGESIZE)))

  /// Maps nothing yet.
  init(files: [StageSpecification.File]) { self.files = files }

  deinit {
    if let current { close(current.descriptor) }
  }

  /// Calls `body` with `length` bytes from `offset` of a file.
  ///
  /// - Throws: ``Failure`` of kind `configuration` when the file is not the one that was planned, of
  ///   kind `operating` when it cannot be read, or what `body` throws.
  func withSlice<Result>(
    file index: Int, offset: Int64, length: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    guard index < files.count else {
      throw Failure(
        .operating, "a partition names file \(index), of which this worker was not told")
    }
    guard length > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    let descriptor = try open(index)
    let lead = Int(offset % Int64(pageSize))
    // A length beyond the planned size would be a trap on access, so it is refused here.
    guard offset >= 0, length <= files[index].size, offset <= files[index].size - Int64(length)
    else {
      throw Failure(
        .operating, "a partition lies beyond the end of \(files[index].path)", file: Int32(index))
    }
    #if canImport(Glibc)
    // All pages at once: a fault for each costs more than the scan.
    let flags = MAP_PRIVATE | MAP_POPULATE
    #else
    let flags = MAP_PRIVATE
    #endif
    let mapped = mmap(nil, length + lead, PROT_READ, flags, descriptor, off_t(offset) - off_t(lead))
    guard let mapped, mapped != MAP_FAILED else {
      throw failure("mmap", errno, index)
    }
    defer { munmap(mapped, length + lead) }
    return try body(UnsafeRawBufferPointer(start: mapped + lead, count: length))
  }

  /// The descriptor of a file that still is what it was; checked for each slice.
  private func open(_ index: Int) throws -> CInt {
    let file = files[index]
    if current?.index != index {
      if let current { close(current.descriptor) }
      current = nil
      let descriptor = Self.openForReading(file.path)
      guard descriptor >= 0 else { throw failure("open", errno, index) }
      current = (index, descriptor)
    }
    guard let descriptor = current?.descriptor else { preconditionFailure("a file was opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("fstat", errno, index) }
    #if canImport(Glibc)
    let modified = status.st_mtim
    #else
    let modified = status.st_mtimespec
    #endif
    let nanoseconds = Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec)
    guard Int64(status.st_size) == file.size, nanoseconds == file.modified,
      UInt64(status.st_ino) == file.inode, UInt64(status.st_dev) == file.device
    else {
      throw Failure(
        .configuration,
        "\(file.path) changed while the run was reading it; run again when it is complete",
        file: Int32(index))
    }
    return descriptor
  }

  private static func openForReading(_ path: String) -> CInt {
    #if canImport(Glibc)
    Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
    Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
  }

  private func failure(_ call: String, _ number: CInt, _ index: Int) -> Failure {
    let error = RuntimeError.system(call, number, path: files[index].path)
    return Failure(.operating, error.message, file: Int32(index))
  }
}
