package import PipelineCore
import Wire

/// The results of one stage of a run, on disk: what is in it survives the death of the process, and
/// what was flushed survives loss of power.
///
/// Owned by one thread. ``recover(_:)`` comes first, also for a store that is new; then ``append(_:)``
/// takes results, and ``takeUnflushed()`` names the files that any thread may flush, through the disk,
/// to make what was appended so far durable. A ``ResultReader`` reads payloads back, also while the store
/// recovers. <doc:SegmentFormat> specifies the files.
///
/// **After a failed append** the segment is cut back to what it was: the results of that call are not
/// in the store, and the next append may succeed. When it cannot be cut back, the store refuses all
/// further appends. **After a failed flush** it refuses them always, see ``StoreDisk/flush(_:)``; the
/// run goes on by recovering the store anew.
package struct ResultStore: ~Copyable {
  /// The most results that one append takes.
  package static let maximumResults = SegmentFormat.maximumResults

  /// Where the segments are.
  package let disk: any StoreDisk
  let identity: StoreIdentity
  let segmentSize: Int64
  /// Where the next block goes; `nil` before recovery.
  var end: End?
  /// Why no more is taken.
  var failure: StoreError?
  private let writer = BlockWriter()
  private var unflushed: [String] = []
  /// The segment that was named last, which is named again and again.
  private var named: (segment: UInt32, name: String)?

  /// A place at the end of the store.
  struct End {
    /// The segment's number.
    var segment: UInt32
    /// Bytes in it; 0 when the file is to be created.
    var size: Int64
  }

  /// The store of a stage's results in a directory of its own.
  ///
  /// - Parameters:
  ///   - segmentSize: bytes after which the next segment is begun; more than that only in a segment
  ///     of one block.
  package init(
    disk: any StoreDisk, run: RunID, stage: UInt32, segmentSize: Int64 = 256 << 20
  ) {
    precondition(segmentSize > 0, "a segment holds something")
    self.disk = disk
    self.identity = StoreIdentity(run: run, stage: stage)
    self.segmentSize = segmentSize
  }

  /// Appends results, as one block, and answers where their payloads are.
  ///
  /// The payloads are not compared with what is stored: the first copy of a partition wins at
  /// recovery. Traps before ``recover(_:)`` returned, and for more than ``maximumResults``.
  ///
  /// - Throws: when the block was not written. It is not in the store then, but a process that dies
  ///   at once, or loss of power, may still leave it there: recovery may show its results.
  package mutating func append(_ results: [NewResult]) throws(StoreError) -> [ResultPlace] {
    var places: [ResultPlace] = []
    try append(results, places: &places)
    return places
  }

  /// Like ``append(_:)``; the places are appended to an array that the caller uses again.
  package mutating func append(
    _ results: [NewResult], places: inout [ResultPlace]
  ) throws(StoreError) {
    guard var end else { preconditionFailure("a store is recovered before it is appended to") }
    if let failure { throw failure }
    if results.isEmpty { return }
    results.withUnsafeBufferPointer { writer.prepare($0) }
    defer { writer.finish() }
    let length = Int64(writer.header.length)
    if end.size > 0, end.size + length > segmentSize {
      end = End(segment: end.segment + 1, size: 0)
    }
    let name = try name(of: end.segment)
    try write(writer.seal(identity, segment: end.segment, offset: end.size), to: name, end)
    if end.size == 0 { end.size = Int64(SegmentFormat.segmentHeader) }
    if unflushed.last != name { unflushed.append(name) }

    var offset = end.size + Int64(writer.header.payloadStart)
    places.reserveCapacity(places.count + results.count)
    for result in results {
      let count = result.payload.count
      places.append(ResultPlace(segment: end.segment, offset: offset, length: count))
      offset += Int64(count)
    }
    end.size += length
    self.end = end
  }

  /// The files with appended results that are not named to be flushed yet, oldest first.
  ///
  /// What was appended before this call is durable when all of them, in this order, and all that
  /// earlier calls named have been flushed through ``StoreDisk/flush(_:)``.
  package mutating func takeUnflushed() -> [String] {
    defer { unflushed.removeAll() }
    return unflushed
  }

  /// Removes all segments, the newest first, of whichever run they are; the store is empty then, and
  /// what it hands out next is in segments with higher numbers. No flush may be under way.
  ///
  /// Loss of power may bring segments back until the next flush.
  package mutating func removeAll() throws(StoreError) {
    var highest = end?.segment ?? 0
    end = nil
    unflushed.removeAll()
    for name in try disk.names().reversed() {
      guard let segment = SegmentFormat.segment(named: name) else { continue }
      highest = max(highest, segment)
      try disk.remove(name)
    }
    end = End(segment: highest + 1, size: 0)
  }

  private mutating func name(of segment: UInt32) throws(StoreError) -> String {
    if let named, named.segment == segment { return named.name }
    let name = SegmentFormat.name(of: segment)
    guard segment <= SegmentFormat.maximumSegment else {
      throw StoreError(
        .full, path: name, "there are \(SegmentFormat.maximumSegment) segments already",
        remedy: "start a new run with larger partitions")
    }
    named = (segment, name)
    return name
  }

  private mutating func write(
    _ pieces: [UnsafeRawBufferPointer], to name: String, _ end: End
  ) throws(StoreError) {
    do {
      try disk.append(pieces, to: name)
    } catch {
      do {
        if end.size == 0 { try disk.remove(name) } else { try disk.truncate(name, to: end.size) }
      } catch let second {
        failure = StoreError(
          error.code, path: error.path,
          "\(error.cause), and what was half written cannot be cut off (\(second.cause))",
          remedy: error.remedy)
      }
      throw failure ?? error
    }
  }
}
