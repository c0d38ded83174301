import Operators
import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads slices of the source's files to send them inline; keeps one file open.
struct FileReader {
  private let files: [SourceFile]
  private var current: OpenFile?

  private final class OpenFile {
    let index: Int
    let descriptor: CInt

    init(index: Int, descriptor: CInt) {
      self.index = index
      self.descriptor = descriptor
    }

    deinit { close(descriptor) }
  }

  init(files: [SourceFile]) { self.files = files }

  /// Fills `place` with the bytes from `offset` of a file.
  ///
  /// - Throws: ``Failure`` when it cannot be read or is shorter than when the run was planned.
  mutating func read(
    file index: Int, offset: Int64, into place: UnsafeMutableRawBufferPointer
  ) throws(Failure) {
    let descriptor = try open(index)
    var done = 0
    while done < place.count {
      let count = pread(
        descriptor, place.baseAddress! + done, place.count - done, off_t(offset) + off_t(done))
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("read", errno, index)
      }
      guard count > 0 else {
        throw Failure(
          .configuration,
          "\(files[index].path) became shorter while the run was reading it; run again when it is "
            + "complete", file: Int32(index))
      }
      done += count
    }
  }

  private mutating func open(_ index: Int) throws(Failure) -> CInt {
    if let current, current.index == index { return current.descriptor }
    #if canImport(Glibc)
    let descriptor = Glibc.open(files[index].path, O_RDONLY | O_CLOEXEC)
    #else
    let descriptor = Darwin.open(files[index].path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else { throw failure("open", errno, index) }
    current = OpenFile(index: index, descriptor: descriptor)
    return descriptor
  }

  private func failure(_ call: String, _ number: CInt, _ index: Int) -> Failure {
    let error = RuntimeError.system(call, number, path: files[index].path)
    return Failure(.operating, error.message, file: Int32(index))
  }
}
