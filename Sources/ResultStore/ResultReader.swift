import Wire

/// Reads payloads back from a store's disk. Owned by one thread.
package final class ResultReader {
  /// The largest piece in which a payload is read, in bytes.
  package static let largestPiece = 1 << 20

  private let disk: any StoreDisk
  private let scratch = ReadBuffer(byteCount: ResultReader.largestPiece)

  /// A reader of the store on this disk.
  package init(disk: any StoreDisk) { self.disk = disk }

  /// Reads a payload in pieces of at most ``largestPiece`` bytes; none for an empty one.
  ///
  /// - Parameters:
  ///   - place: what an append answered or recovery showed.
  ///   - digest: when given, what the digest of the payload must be.
  ///   - body: takes the pieces in order. Does not read from this reader itself.
  /// - Throws: ``StoreError`` when the bytes cannot be read, or, after all pieces were handed over,
  ///   when their digest is not `digest`; what `body` throws.
  package func read(
    _ place: ResultPlace, digest: UInt64? = nil, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let name = SegmentFormat.name(of: place.segment)
    var stream = Digest.Stream()
    var done = 0
    while done < place.length {
      let piece = scratch.prefix(min(place.length - done, Self.largestPiece))
      try disk.read(name, at: place.offset + Int64(done), into: piece)
      if digest != nil { stream.update(UnsafeRawBufferPointer(piece)) }
      try body(UnsafeRawBufferPointer(piece))
      done += piece.count
    }
    if let digest, stream.value != digest {
      throw StoreError(
        .damaged, path: name, "the result at byte \(place.offset) is not what was stored",
        remedy: "check the disk; what was lost is done again when the run goes on")
    }
  }
}
