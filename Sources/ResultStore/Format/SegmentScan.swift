import PipelineCore
import Wire

/// Reads the blocks of one segment at recovery.
struct SegmentScan {
  /// The end of the last whole block, or of the header before the first; 0 when there is neither.
  private(set) var wholeEnd: Int64 = 0
  /// What stands after ``wholeEnd``, if anything.
  private(set) var tail: Damage?
  /// Whether blocks may be appended at ``wholeEnd``: nothing before it is damaged.
  private(set) var isAppendable = true

  /// The segment's file name.
  let name: String
  private let segment: UInt32
  private let identity: StoreIdentity
  private let window: SegmentWindow
  private let size: Int64
  private var position: Int64 = 0
  /// Where the bytes begin that are passed over, and how many results are known to be in them.
  private var bad: (start: Int64, results: UInt64)?
  private var columns = ColumnReader()

  /// A scan that has read nothing yet.
  init(_ segment: UInt32, _ identity: StoreIdentity, _ window: SegmentWindow) throws(StoreError) {
    self.segment = segment
    self.identity = identity
    self.window = window
    name = SegmentFormat.name(of: segment)
    size = try window.open(name)
  }

  /// Reads all blocks; hands over the results of those that are whole.
  mutating func run(
    _ found: inout RecoveredResults, _ body: (StoredResult) throws -> Void
  ) throws {
    try readHeader()
    while size - position >= Int64(SegmentFormat.blockHeader) {
      guard let header = try blockHeader(at: position) else {
        try skip()
        continue
      }
      guard try isWhole(header) else {
        // The header is right, so that the block ends where it says.
        if bad == nil { bad = (position, 0) }
        bad?.results += UInt64(header.count)
        position += Int64(header.length)
        continue
      }
      endBad(&found.report)
      try showResults(of: header, &found, body)
      position += Int64(header.length)
      wholeEnd = position
    }
    if let bad {
      tail = damage(from: bad.start, to: size, results: bad.results)
    } else if size > wholeEnd {
      tail = damage(from: wholeEnd, to: size, results: 0)
    }
  }

  private mutating func readHeader() throws(StoreError) {
    let length = min(size, Int64(SegmentFormat.segmentHeader))
    let bytes = try window.bytes(at: 0, count: Int(length))
    guard case .good = SegmentHeader.read(bytes, identity, segment: segment) else {
      // Blocks are known by their own checksums; refused segments were refused before.
      bad = size > 0 ? (0, 0) : nil
      position = length
      return
    }
    position = length
    wholeEnd = length
  }

  private func blockHeader(at offset: Int64) throws(StoreError) -> BlockHeader? {
    let bytes = try window.bytes(at: offset, count: SegmentFormat.blockHeader)
    guard BlockHeader.mayStart(bytes),
      let header = BlockHeader(bytes, seed: identity.seed(segment: segment, offset: offset)),
      Int64(header.length) <= size - offset
    else { return nil }
    return header
  }

  /// Goes on to the next place where a block's header is.
  private mutating func skip() throws(StoreError) {
    if bad == nil { bad = (position, 0) }
    repeat {
      position += Int64(SegmentFormat.alignment)
      guard size - position >= Int64(SegmentFormat.blockHeader) else { return }
    } while try blockHeader(at: position) == nil
  }

  private mutating func isWhole(_ header: BlockHeader) throws(StoreError) -> Bool {
    let bytes = try window.bytes(
      at: position + Int64(SegmentFormat.blockHeader), count: header.columnsLength)
    guard Digest.xxh3(bytes) == header.columnsDigest, columns.read(bytes, header) else {
      return false
    }
    var offset = position + Int64(header.payloadStart)
    var rest = header.paddedPayload
    if rest <= SegmentWindow.piece {
      return Digest.xxh3(try window.bytes(at: offset, count: rest)) == header.payloadDigest
    }
    var digest = Digest.Stream()
    while rest > 0 {
      let piece = try window.bytes(at: offset, count: min(rest, SegmentWindow.piece))
      digest.update(piece)
      offset += Int64(piece.count)
      rest -= piece.count
    }
    return digest.value == header.payloadDigest
  }

  private func showResults(
    of header: BlockHeader, _ found: inout RecoveredResults, _ body: (StoredResult) throws -> Void
  ) throws {
    var offset = position + Int64(header.payloadStart)
    for result in 0..<header.count {
      let length = Int(columns.length[result])
      try found.show(
        StoredResult(
          index: UInt32(columns.index[result]), digest: columns.digest[result],
          rows: UInt32(columns.rows[result]), skipped: UInt32(columns.skipped[result]),
          outputRows: UInt32(columns.outputRows[result]),
          place: ResultPlace(segment: segment, offset: offset, length: length)), body)
      offset += Int64(length)
    }
  }

  private mutating func endBad(_ report: inout RecoveryReport) {
    guard let bad else { return }
    report.note(damage(from: bad.start, to: position, results: bad.results))
    isAppendable = false
    self.bad = nil
  }

  private func damage(from start: Int64, to end: Int64, results: UInt64) -> Damage {
    Damage(segment: name, offset: start, length: end - start, results: results)
  }
}
