/// One partition as a worker part sees it.
public struct PartitionInput {
  /// Where the partition's data is.
  public enum Content {
    /// Whole records of one file.
    case bytes(UnsafeRawBufferPointer)
    /// The numbers `from ..< from + count`, with the bytes carried for them (`count × payload`).
    case range(from: Int64, count: Int, payload: UnsafeRawBufferPointer)
  }

  /// The data, valid during the call it is handed to only.
  public var content: Content
  /// Index of the source file, or -1 where there is none.
  public var file: Int
  /// Byte offset of the partition in its file, or the first number of a range.
  public var offset: Int64
  /// Whom to tell how far the data has been read, if anybody wants to know.
  public var progress: (any ReadingProgress)?

  /// Describes a partition.
  public init(
    content: Content, file: Int, offset: Int64, progress: (any ReadingProgress)? = nil
  ) {
    self.content = content
    self.file = file
    self.offset = offset
    self.progress = progress
  }
}

/// Told how far a part has read a partition, so that memory is held for what is being read only.
public protocol ReadingProgress: AnyObject {
  /// What lies before `offset`, counted from the partition's start, has been read. It stays readable,
  /// though slower.
  func reached(_ offset: Int)
}

/// A growing byte buffer that results are appended to. Reused from partition to partition.
public struct ResultBuffer: ~Copyable {
  /// The first byte, or `nil` before the first append.
  public private(set) var base: UnsafeMutableRawPointer?
  /// Bytes appended so far.
  public private(set) var count = 0
  private var capacity = 0

  /// An empty buffer.
  public init() {}

  deinit { base?.deallocate() }

  /// The bytes appended so far; valid until the next change.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Makes room for `extra` bytes and returns the place to write them; follow with ``advance(by:)``.
  public mutating func reserve(_ extra: Int) -> UnsafeMutableRawPointer {
    precondition(extra >= 0)
    if capacity - count < extra || base == nil {
      let larger = max(capacity * 2, count + extra, 4096)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
      if let base {
        moved.copyMemory(from: base, byteCount: count)
        base.deallocate()
      }
      base = moved
      capacity = larger
    }
    return base! + count
  }

  /// Counts `written` bytes, written at the place ``reserve(_:)`` returned, as appended.
  public mutating func advance(by written: Int) {
    precondition(written >= 0 && count + written <= capacity)
    count += written
  }

  /// Appends a copy of `bytes`.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Appends a copy of `bytes`.
  public mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      reserve(1).storeBytes(of: byte, as: UInt8.self)
      count += 1
    }
  }

  /// Forgets what was appended and keeps the memory.
  public mutating func removeAll() { count = 0 }

  /// Forgets what was appended after the first `count` bytes.
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }
}
