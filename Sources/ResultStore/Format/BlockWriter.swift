import Wire

/// Makes blocks; keeps its memory from block to block.
///
/// First ``prepare(_:)``, which says how long the block is; then, its place being known,
/// ``seal(_:segment:offset:)``.
final class BlockWriter {
  /// Payloads shorter than this are copied together, so that a block of thousands is a few pieces;
  /// longer ones are written from where they are.
  static let copiedBelow = 4_096
  /// Memory for copied payloads beyond this is given back after the block.
  static let keptMemory = 8 << 20

  /// What the block being made says of itself.
  private(set) var header = BlockHeader(
    count: 0, columnsLength: 0, payloadLength: 0, encodings: InlineArray(repeating: 0),
    columnsDigest: 0, payloadDigest: 0)
  /// A segment's header, a block's header, columns.
  private var head = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// Short payloads one after the other, and the zeros at the block's end.
  private var copied = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var copiedEnd = 0
  private var digest = Digest.Stream()
  private var pieces: [UnsafeRawBufferPointer] = []

  private static let columnsStart = SegmentFormat.segmentHeader + SegmentFormat.blockHeader

  /// A writer without memory of its own as yet.
  init() {}

  deinit {
    head.deallocate()
    copied.deallocate()
  }

  /// Writes the columns, gathers the payloads and takes their checksums.
  ///
  /// - Parameter results: 1 to ``SegmentFormat/maximumResults``.
  func prepare(_ results: UnsafeBufferPointer<NewResult>) {
    precondition(
      (1...SegmentFormat.maximumResults).contains(results.count),
      "a block takes 1 to \(SegmentFormat.maximumResults) results")
    Self.reserve(
      Self.columnsStart + SegmentFormat.columns * (results.count + 1) * 8, in: &head)
    writeColumns(results)
    gather(results)
  }

  /// The pieces of the block, to be written in this order at this place. They point into this
  /// writer and into the caller's payloads.
  func seal(
    _ identity: StoreIdentity, segment: UInt32, offset: Int64
  ) -> [UnsafeRawBufferPointer] {
    var start = SegmentFormat.segmentHeader
    if offset == 0 {
      SegmentHeader.write(identity, segment: segment, to: head)
      start = 0
    }
    let place = offset == 0 ? Int64(SegmentFormat.segmentHeader) : offset
    header.write(
      to: UnsafeMutableRawBufferPointer(rebasing: head[SegmentFormat.segmentHeader...]),
      seed: identity.seed(segment: segment, offset: place))
    let end = Self.columnsStart + header.columnsLength
    pieces[0] = UnsafeRawBufferPointer(rebasing: head[start..<end])
    return pieces
  }

  /// Forgets the block.
  func finish() {
    pieces.removeAll(keepingCapacity: true)
    guard copied.count > Self.keptMemory else { return }
    copied.deallocate()
    copied = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  }

  private func writeColumns(_ results: UnsafeBufferPointer<NewResult>) {
    let memory = UnsafeMutableRawBufferPointer(rebasing: head[Self.columnsStart...])
    var columns = ColumnWriter(to: memory)
    header.count = results.count
    header.encodings[0] = columns.writeIndexes(results)
    header.encodings[1] = columns.write(results) { $0.digest }
    header.encodings[2] = columns.write(results) { UInt64($0.rows) }
    header.encodings[3] = columns.write(results) { UInt64($0.skipped) }
    header.encodings[4] = columns.write(results) { UInt64($0.outputRows) }
    header.encodings[5] = columns.write(results) { UInt64($0.payload.count) }
    header.columnsLength = columns.end
    header.columnsDigest = Digest.xxh3(UnsafeRawBufferPointer(rebasing: memory[..<columns.end]))
  }

  private func gather(_ results: UnsafeBufferPointer<NewResult>) {
    var short = 0
    var total = 0
    for result in results {
      let length = result.payload.count
      total += length
      if length < Self.copiedBelow { short += length }
    }
    header.payloadLength = total
    Self.reserve(short + SegmentFormat.alignment, in: &copied)
    pieces.removeAll(keepingCapacity: true)
    // Stands for the head until its place is known.
    pieces.append(UnsafeRawBufferPointer(start: nil, count: 0))
    copiedEnd = 0
    var start = 0
    for result in results {
      let payload = result.payload
      if payload.count < Self.copiedBelow {
        guard payload.count > 0 else { continue }
        UnsafeMutableRawBufferPointer(rebasing: copied[copiedEnd...]).copyMemory(from: payload)
        copiedEnd += payload.count
      } else {
        closePiece(from: start)
        start = copiedEnd
        pieces.append(payload)
      }
    }
    for _ in total..<SegmentFormat.aligned(total) {
      copied[copiedEnd] = 0
      copiedEnd += 1
    }
    closePiece(from: start)
    digest.reset()
    for piece in pieces { digest.update(piece) }
    header.payloadDigest = digest.value
  }

  private func closePiece(from start: Int) {
    guard copiedEnd > start else { return }
    pieces.append(UnsafeRawBufferPointer(rebasing: copied[start..<copiedEnd]))
  }

  private static func reserve(_ count: Int, in memory: inout UnsafeMutableRawBufferPointer) {
    guard memory.count < count else { return }
    memory.deallocate()
    memory = .allocate(byteCount: count, alignment: 16)
  }
}
