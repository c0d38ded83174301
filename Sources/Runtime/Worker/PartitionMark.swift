package import PipelineCore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The partition that a worker process is at, in memory that outlives the process: whoever started it reads
/// there what it died at.
///
/// The memory is a file without a name, which the worker inherits as its standard input. One machine word,
/// so that it is never half written.
package final class PartitionMark: @unchecked Sendable {
  /// The file, for the worker to inherit; -1 in the worker, which has inherited it.
  let descriptor: CInt
  /// Only ever used by way of the atomic.
  private let word: UnsafeMutablePointer<Atomic<UInt64>>

  private static let length = MemoryLayout<Atomic<UInt64>>.size
  /// No partition: of no run is the last partition of the last possible stage.
  private static let idle = UInt64.max

  /// Memory that says that no partition is under way.
  ///
  /// - Throws: ``RuntimeError`` when no file or memory can be had.
  package init() throws(RuntimeError) {
    // In memory where the system keeps files there: what is written to it must never wait for a disk.
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var path = Array("\(folder)/millrace-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw .system("mkstemp", errno, path: folder) }
    unlink(path)
    do throws(RuntimeError) {
      guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
        ftruncate(descriptor, off_t(Self.length)) == 0
      else { throw .system("ftruncate", errno, path: folder) }
      word = try Self.map(descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    clear()
  }

  private init(inherited word: UnsafeMutablePointer<Atomic<UInt64>>) {
    self.word = word
    descriptor = -1
  }

  /// The memory that this process was given as its standard input, which is empty from now on.
  ///
  /// - Throws: ``RuntimeError`` when the standard input is something else.
  package static func inherited() throws(RuntimeError) -> PartitionMark {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_size == off_t(length) else {
      throw RuntimeError(
        "the standard input is not the memory that `millrace run` shares with its workers; leave "
          + "--mark-input to it")
    }
    let mark = PartitionMark(inherited: try map(STDIN_FILENO))
    // An operator that reads finds nothing.
    let nothing = open("/dev/null", O_RDONLY)
    guard nothing >= 0, dup2(nothing, STDIN_FILENO) >= 0 else {
      throw .system("open", errno, path: "/dev/null")
    }
    close(nothing)
    return mark
  }

  private static func map(
    _ descriptor: CInt
  ) throws(RuntimeError) -> UnsafeMutablePointer<Atomic<UInt64>> {
    let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let memory, memory != MAP_FAILED else {
      throw .system("mmap of the memory that shows what is under way", errno)
    }
    return memory.assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  deinit {
    munmap(word, Self.length)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Notes what is begun.
  func set(_ partition: PartitionID) {
    word.pointee.store(partition.word, ordering: .relaxed)
  }

  /// Notes that nothing is under way.
  func clear() { word.pointee.store(Self.idle, ordering: .relaxed) }

  /// What is under way, or was when the process ended; `nil` for nothing.
  package var partition: PartitionID? {
    let value = word.pointee.load(ordering: .relaxed)
    return value == Self.idle ? nil : PartitionID(word: value)
  }
}

extension PartitionID {
  /// Stage and index in one machine word, so that threads and processes never see half of them.
  var word: UInt64 { UInt64(stage) << 32 | UInt64(index) }

  init(word: UInt64) {
    self.init(stage: UInt32(word >> 32), index: UInt32(truncatingIfNeeded: word))
  }
}
