/// Walks over the validated entries of a message and the payloads that belong to them.
struct EntryCursor {
  /// The entries' bytes: a multiple of 40.
  private let bytes: UnsafeRawBufferPointer
  /// The message's second frame.
  private let payload: UnsafeRawBufferPointer
  private var position = 0
  private var offset = 0

  init(validated bytes: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer) {
    self.bytes = bytes
    self.payload = payload
  }

  var count: Int { bytes.count / RawEntry.size }

  func entry(at position: Int) -> RawEntry {
    precondition(position >= 0 && position < count, "entry outside of the message")
    return RawEntry(bytes, at: position * RawEntry.size)
  }

  mutating func next<Entry: DataEntry>() -> (entry: Entry, payload: UnsafeRawBufferPointer)? {
    guard position < count else { return nil }
    let entry = Entry(validated: entry(at: position))
    let end = offset + entry.payloadLength
    let part = UnsafeRawBufferPointer(rebasing: payload[offset..<end])
    position += 1
    offset = end
    return (entry, part)
  }
}
