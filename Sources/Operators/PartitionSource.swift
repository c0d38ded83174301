/// Cuts a source into partitions, in order, the same way every time.
package protocol PartitionSource {
  /// The files that slices refer to by index; empty for a range.
  var files: [SourceFile] { get }

  /// The next partition, or `nil` after the last.
  ///
  /// - Throws: ``SourceError``.
  mutating func next() throws -> PartitionSlice?
}

/// Where a partition's data is.
package enum PartitionSlice: Sendable, Equatable {
  /// `length` bytes from `offset` of the file with this index.
  case file(index: Int, offset: Int64, length: Int)
  /// The numbers `from ..< from + count`, with `payload` bytes carried for each.
  case range(from: Int64, count: Int, payload: Int)

  /// Bytes that travel when the slice is delivered inline.
  @inlinable package var inlineLength: Int {
    switch self {
    case .file(_, _, let length): length
    case .range(_, let count, let payload): count * payload
    }
  }
}

/// A source file and what it was when the run was planned.
package struct SourceFile: Sendable, Equatable {
  /// Absolute path.
  package var path: String
  /// Size in bytes.
  package var size: Int64
  /// Modification time in nanoseconds since 1970.
  package var modified: Int64
  /// Inode number.
  package var inode: UInt64
  /// Device number.
  package var device: UInt64

  package init(path: String, size: Int64, modified: Int64, inode: UInt64, device: UInt64) {
    self.path = path
    self.size = size
    self.modified = modified
    self.inode = inode
    self.device = device
  }
}

/// Why a source cannot be read or cut.
package struct SourceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file at fault.
  package var path: String
  /// Byte offset in the file, where there is one.
  package var offset: Int64?
  /// What happened and what to do.
  package var message: String

  package init(path: String, offset: Int64? = nil, message: String) {
    self.path = path
    self.offset = offset
    self.message = message
  }

  package var description: String { "\(path): \(message)" }
}
