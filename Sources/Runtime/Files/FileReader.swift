import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads slices of the source's files to send them inline; keeps one file open.
struct FileReader {
  private var files: PlannedFiles

  /// Reads nothing yet.
  init(files: [StageSpecification.File]) { self.files = PlannedFiles(files) }

  /// Fills `place` with the bytes from `offset` of a file.
  ///
  /// - Throws: ``Failure`` when it cannot be read or is not the file the run was planned with.
  mutating func read(
    file index: Int, offset: Int64, into place: UnsafeMutableRawBufferPointer
  ) throws(Failure) {
    let file = try files.open(index)
    var done = 0
    while done < place.count {
      let count = pread(
        file.descriptor, place.baseAddress! + done, place.count - done, off_t(offset) + off_t(done))
      if count < 0 {
        if errno == EINTR { continue }
        throw file.failure("read", errno)
      }
      guard count > 0 else { throw file.changed }
      done += count
    }
  }
}
