import Foundation
import Operators
import PipelineCore

@testable import Runtime

/// What a file is now, as a planner would note it.
func inspect(_ path: String) throws -> SourceFile {
  var status = stat()
  guard stat(path, &status) == 0 else { throw RuntimeError.system("stat", errno, path: path) }
  #if canImport(Glibc)
  let time = status.st_mtim
  #else
  let time = status.st_mtimespec
  #endif
  return SourceFile(
    path: path, size: Int64(status.st_size),
    modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
    inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
}

extension StageSpecification.File {
  /// The same, as workers are told.
  init(_ file: SourceFile) {
    self.init(
      path: file.path, size: file.size, modified: file.modified, inode: file.inode,
      device: file.device)
  }
}

/// A way in which a file may change while a run reads it.
enum FileChange: CaseIterable {
  case longer, shorter, rewritten, replaced

  func happen(to path: String) throws {
    let old = try inspect(path)
    var content = try contents(of: path)
    switch self {
    case .longer: content.append(1)
    case .shorter: content.removeLast()
    case .rewritten: content[0] ^= 1
    case .replaced: break
    }
    if self == .replaced {
      // The new file exists beside the old one, so that it has an inode of its own.
      try write(content, to: path + ".new")
      guard rename(path + ".new", path) == 0 else {
        throw RuntimeError.system("rename", errno, path: path)
      }
    } else {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: content)
      try handle.close()
    }
    // The clock of the file system is coarse; the change must show all the same.
    let seconds = Int(old.modified / 1_000_000_000) + (self == .rewritten ? 1 : 0)
    let time = timespec(tv_sec: seconds, tv_nsec: Int(old.modified % 1_000_000_000))
    let times = [time, time]
    guard utimensat(AT_FDCWD, path, times, 0) == 0 else {
      throw RuntimeError.system("utimensat", errno, path: path)
    }
  }
}

/// Slices given beforehand, and perhaps an error after them.
struct ListSource: PartitionSource {
  var files: [SourceFile] = []
  var slices: [PartitionSlice]
  var error: SourceError?
  private var position = 0

  init(files: [SourceFile] = [], slices: [PartitionSlice], error: SourceError? = nil) {
    self.files = files
    self.slices = slices
    self.error = error
  }

  mutating func next() throws -> PartitionSlice? {
    guard position < slices.count else {
      if let error { throw error }
      return nil
    }
    position += 1
    return slices[position - 1]
  }

  /// A file cut into slices of at most `length` bytes.
  static func cutting(_ file: SourceFile, into length: Int) -> ListSource {
    let slices = stride(from: 0, to: Int(file.size), by: length).map { offset in
      PartitionSlice.file(
        index: 0, offset: Int64(offset), length: min(length, Int(file.size) - offset))
    }
    return ListSource(files: [file], slices: slices)
  }
}
