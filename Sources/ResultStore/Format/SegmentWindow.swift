/// Reads a file forwards through one buffer, so that many small blocks take few calls.
final class SegmentWindow {
  /// The most bytes to ask for at once, but for the columns of a block.
  static let piece = 1 << 20

  private let disk: any StoreDisk
  private let buffer = ReadBuffer(byteCount: SegmentWindow.piece)
  private var name = ""
  private var size: Int64 = 0
  /// What of the file is in the buffer.
  private var held: Range<Int64> = 0..<0

  /// A window on no file yet.
  init(disk: any StoreDisk) { self.disk = disk }

  /// Turns to a file and answers its size.
  func open(_ name: String) throws(StoreError) -> Int64 {
    self.name = name
    held = 0..<0
    size = try disk.size(of: name)
    return size
  }

  /// Bytes that are in the file; valid until the next call.
  func bytes(at offset: Int64, count: Int) throws(StoreError) -> UnsafeRawBufferPointer {
    let end = offset + Int64(count)
    precondition(offset >= 0 && count >= 0 && end <= size, "only what is in the file is read")
    if offset < held.lowerBound || end > held.upperBound {
      buffer.reserve(count)
      let filled = Int(min(Int64(buffer.bytes.count), size - offset))
      held = 0..<0
      try disk.read(name, at: offset, into: buffer.prefix(filled))
      held = offset..<offset + Int64(filled)
    }
    let start = Int(offset - held.lowerBound)
    return UnsafeRawBufferPointer(rebasing: buffer.bytes[start..<start + count])
  }
}
